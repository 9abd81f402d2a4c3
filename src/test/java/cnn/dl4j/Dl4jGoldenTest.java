package cnn.dl4j;

import cnn.golden.GoldenContract;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import java.util.List;

class Dl4jGoldenTest implements GoldenContract {

    @Override
    public ForwardPass open(Network network, Weights weights, List<String> outputs) {
        return Dl4jForwardPass.of(network, weights, outputs);
    }
}
