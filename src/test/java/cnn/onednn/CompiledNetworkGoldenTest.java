package cnn.onednn;

import cnn.golden.FusedGoldenContract;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Precision;
import java.util.List;

class CompiledNetworkGoldenTest implements FusedGoldenContract {

    @Override
    public ForwardPass open(Network network, Weights weights, List<String> outputs) {
        return CompiledNetwork.compile(network, weights, outputs, Precision.FP32, 1);
    }
}
