package cnn.cli;

import cnn.dl4j.Dl4jForwardPass;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import java.util.List;
import java.util.function.BiFunction;

/** Which way a network is made ready to compute. */
final class Lowering {

    private Lowering() {}

    /** A pass that gives the network's last output. */
    static BiFunction<Network, Weights, ForwardPass> output(Talk talk) {
        return (network, weights) ->
                Dl4jForwardPass.of(network, weights, List.of(network.output().name()));
    }
}
