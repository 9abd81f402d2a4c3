package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

import cnn.UserError;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Backend;
import cnn.program.ClassGradient;
import cnn.program.Precision;
import cnn.program.TrainableNetwork;
import cnn.program.TrainingSetup;
import java.util.List;

/** Computes on the processor's cores by oneDNN. */
public record OneDnn(Precision precision) implements Backend {

    /** @throws UserError if the processor has no such arithmetic */
    public OneDnn {
        if (!supports(precision)) {
            throw UserError.weights("this processor has no " + precision.id() + " arithmetic; use --precision fp32");
        }
    }

    /** Whether this CPU computes in it by instructions of its own; asked of oneDNN, whose library this loads. */
    public static boolean supports(Precision precision) {
        return precision == Precision.FP32
                || (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core_bf16) == dnnl_cpu_isa_avx512_core_bf16;
    }

    @Override
    public String arithmetic() {
        return "arithmetic 1, " + precision.id();
    }

    @Override
    public ForwardPass compile(Network network, Weights weights, List<String> outputs, int images) {
        return CompiledNetwork.compile(network, weights, outputs, precision, images);
    }

    /** In float32, whatever the precision. */
    @Override
    public ClassGradient gradient(Network network, Weights weights) {
        return new InputGradient(network, weights);
    }

    /** In float32, whatever the precision. */
    @Override
    public TrainableNetwork trainable(Network network, Weights initial, TrainingSetup setup) {
        return new OneDnnTraining(network, initial, setup);
    }
}
