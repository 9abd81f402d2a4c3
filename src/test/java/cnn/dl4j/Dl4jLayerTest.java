package cnn.dl4j;

import cnn.network.ForwardPass;
import cnn.network.LayerContract;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.network.WindowContract;
import java.util.List;

class Dl4jLayerTest implements LayerContract, WindowContract {

    @Override
    public ForwardPass open(Network network, Weights weights, List<String> outputs) {
        return Dl4jForwardPass.of(network, weights, outputs);
    }
}
