package cnn.dl4j;

import cnn.UserError;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Backend;
import cnn.program.Precision;
import java.util.List;

/** Computes by Deeplearning4j, in float32, on what ND4J was built for: the processor, or a graphics card. */
public record Deeplearning4j() implements Backend {

    /** @throws UserError if {@code precision} is not float32 */
    public static Deeplearning4j of(Precision precision) {
        if (precision != Precision.FP32) {
            throw UserError.usage("Deeplearning4j computes in fp32 only, not in " + precision.id());
        }
        return new Deeplearning4j();
    }

    @Override
    public String arithmetic() {
        return "Deeplearning4j 1, fp32";
    }

    @Override
    public ForwardPass compile(Network network, Weights weights, List<String> outputs, int images) {
        Nd4jDevice.require();
        return Dl4jForwardPass.of(network, weights, outputs);
    }
}
