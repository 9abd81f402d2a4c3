package cnn.network;

import java.util.List;

/** One of the ways to compute a network; what its tests implement to take part in the contracts. */
public interface ForwardPasses {

    /** The network, ready to give the outputs of these layers. */
    public ForwardPass open(Network network, Weights weights, List<String> outputs);
}
