package cnn.program;

import cnn.network.BatchNormalization;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A kernel's batch norm as one factor and one bias for each output channel: with s = gamma / sqrt(variance + epsilon)
 * the kernel is multiplied by s, and the bias b becomes (b - mean) s + beta.
 */
public final class Folding {
    private final float[] factors;
    private final float[] bias;

    private Folding(float[] factors, float[] bias) {
        this.factors = factors;
        this.bias = bias;
    }

    public static Folding of(Kernel kernel, Weights weights) {
        double[] factors = new double[kernel.outputs()];
        Arrays.fill(factors, 1);
        double[] bias = new double[kernel.outputs()];
        weight(kernel.layer(), "bias", weights).ifPresent(values -> Arrays.setAll(bias, values::get));
        if (kernel.layer().layer() instanceof BatchNormalization) {
            fold(kernel.layer(), weights, factors, bias);
        }
        kernel.norm().ifPresent(norm -> fold(norm, weights, factors, bias));
        return new Folding(floats(factors), floats(bias));
    }

    public float[] factors() {
        return factors;
    }

    public float[] bias() {
        return bias;
    }

    /** The values of the weight called {@code name}, if the layer has one. */
    public static Optional<FloatBuffer> weight(Node node, String name, Weights weights) {
        for (WeightSpec spec : node.weights()) {
            if (spec.name().equals(name)) {
                FloatBuffer values = weights.values(node, spec).slice();
                if (values.remaining() != spec.shape().elements()) {
                    throw new IllegalArgumentException("%s: %s has %d values where %s are wanted"
                            .formatted(node.name(), name, values.remaining(), spec.shape()));
                }
                return Optional.of(values);
            }
        }
        return Optional.empty();
    }

    private static void fold(Node node, Weights weights, double[] factors, double[] bias) {
        double epsilon = ((BatchNormalization) node.layer()).epsilon();
        Optional<FloatBuffer> gamma = weight(node, "gamma", weights);
        Optional<FloatBuffer> beta = weight(node, "beta", weights);
        FloatBuffer mean = weight(node, "moving_mean", weights).orElseThrow();
        FloatBuffer variance = weight(node, "moving_variance", weights).orElseThrow();
        for (int c = 0; c < factors.length; c++) {
            double factor = (gamma.isPresent() ? gamma.get().get(c) : 1) / Math.sqrt(variance.get(c) + epsilon);
            factors[c] *= factor;
            bias[c] = (bias[c] - mean.get(c)) * factor
                    + (beta.isPresent() ? beta.get().get(c) : 0);
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
