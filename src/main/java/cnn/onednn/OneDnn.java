package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2_vnni;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_vnni;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

import cnn.UserError;
import cnn.Versions;
import cnn.files.Sha256;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Backend;
import cnn.program.ClassGradient;
import cnn.program.FloatStep;
import cnn.program.KeptWeights;
import cnn.program.Precision;
import cnn.program.Program;
import cnn.program.Quantization;
import cnn.program.QuantizedProgram;
import cnn.program.RangeObserver;
import cnn.program.TrainableNetwork;
import cnn.program.TrainingSetup;
import java.util.List;
import java.util.Optional;

/**
 * Computes on the processor's cores by oneDNN.
 *
 * @param quantization for {@link Precision#INT8}, without which that computes nothing
 * @param kept where kernels of 8 bits are kept from run to run, if they are
 */
public record OneDnn(Precision precision, Optional<Quantization> quantization, Optional<KeptWeights> kept)
        implements Backend {

    /** @throws UserError if the processor has no such arithmetic */
    public OneDnn {
        if (!supports(precision)) {
            throw UserError.weights("this processor has no " + precision.id() + " arithmetic; use --precision fp32");
        }
    }

    /** @throws UserError if the processor has no such arithmetic */
    public OneDnn(Precision precision, Optional<Quantization> quantization) {
        this(precision, quantization, Optional.empty());
    }

    /** @throws UserError if the processor has no such arithmetic */
    public OneDnn(Precision precision) {
        this(precision, Optional.empty());
    }

    /**
     * Whether this CPU computes in it by instructions of its own; asked of oneDNN, whose library this loads. Products of
     * 8 bits are added up exactly only by VNNI: what came before saturates at 16 bits.
     */
    public static boolean supports(Precision precision) {
        return switch (precision) {
            case FP32 -> true;
            case BF16 -> has(dnnl_cpu_isa_avx512_core_bf16);
            case INT8 -> has(dnnl_cpu_isa_avx512_core_vnni) || has(dnnl_cpu_isa_avx2_vnni);
        };
    }

    private static boolean has(int instructions) {
        return (dnnl_get_effective_cpu_isa() & instructions) == instructions;
    }

    @Override
    public Backend quantized(Quantization other) {
        return new OneDnn(Precision.INT8, Optional.of(other));
    }

    @Override
    public Backend keeping(KeptWeights place) {
        return new OneDnn(precision, quantization, Optional.of(place));
    }

    @Override
    public String arithmetic() {
        return "arithmetic 1, " + precision.id()
                + quantization
                        .map(settings -> " " + Sha256.of(settings.toBytes()))
                        .orElse("");
    }

    @Override
    public ForwardPass compile(Network network, Weights weights, List<String> outputs, int images) {
        if (precision == Precision.INT8 && quantization.isEmpty()) {
            throw UserError.weights("no int8 ranges for " + network.name() + "; make them with cnn quantize");
        }
        return CompiledNetwork.compile(network, weights, outputs, precision, quantization, place(), images);
    }

    /** What is kept is of these weights, this arithmetic, this oneDNN and these instructions. */
    private Optional<QuantizedWeights.Place> place() {
        return kept.map(place -> new QuantizedWeights.Place(
                place.file(),
                String.join(
                        ", ",
                        place.weights(),
                        arithmetic(),
                        "oneDNN " + Versions.ofThisBuild().oneDnn(),
                        "instructions " + dnnl_get_effective_cpu_isa())));
    }

    @Override
    public List<FloatStep> inFloat(Network network, List<String> outputs) {
        Program program = Program.forInference(network, outputs);
        return quantization
                .map(settings -> QuantizedProgram.of(program, settings).inFloat())
                .orElse(List.of());
    }

    @Override
    public RangeObserver observer(Network network, Weights weights, List<String> outputs) {
        return new CalibrationPass(network, weights, outputs);
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
