package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

import cnn.UserError;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The number type of weights and of the activations between layers; inputs and outputs are always float. */
public enum Precision {
    FP32,
    /** 8 bits of mantissa; sums are kept in float. */
    BF16;

    /**
     * The precision of that name.
     *
     * @throws UserError if there is none
     */
    public static Precision of(String id) {
        return Arrays.stream(values())
                .filter(precision -> precision.id().equals(id))
                .findFirst()
                .orElseThrow(() -> UserError.usage("no precision '%s'; there are %s"
                        .formatted(
                                id, Arrays.stream(values()).map(Precision::id).collect(Collectors.joining(", ")))));
    }

    /** The name on the command line. */
    public String id() {
        return this == FP32 ? "fp32" : "bf16";
    }

    /** Whether this CPU computes in it by instructions of its own; asked of oneDNN, whose library this loads. */
    public boolean supported() {
        return this == FP32
                || (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core_bf16) == dnnl_cpu_isa_avx512_core_bf16;
    }

    /** oneDNN's name of the type. */
    int type() {
        return this == FP32 ? dnnl_f32 : dnnl_bf16;
    }

    int bytes() {
        return this == FP32 ? Float.BYTES : Short.BYTES;
    }
}
