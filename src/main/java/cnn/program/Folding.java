package cnn.program;

import cnn.network.Node;
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
        kernel.bias().ifPresent(spec -> Arrays.setAll(bias, weights.checkedValues(kernel.layer(), spec)::get));
        kernel.norm().ifPresent(norm -> fold(norm, weights, factors, bias));
        return new Folding(floats(factors), floats(bias));
    }

    public float[] factors() {
        return factors;
    }

    public float[] bias() {
        return bias;
    }

    /** The kernel's values as they are, without the factors. */
    public static FloatBuffer kernel(Kernel kernel, Weights weights) {
        if (kernel.layer().weights().contains(kernel.weight())) {
            return weights.checkedValues(kernel.layer(), kernel.weight()).slice();
        }
        float[] ones = new float[kernel.outputs()];
        Arrays.fill(ones, 1);
        return FloatBuffer.wrap(ones);
    }

    private static void fold(Norm norm, Weights weights, double[] factors, double[] bias) {
        Optional<FloatBuffer> gamma = weight(norm.layer(), "gamma", weights);
        Optional<FloatBuffer> beta = weight(norm.layer(), "beta", weights);
        FloatBuffer mean = weight(norm.layer(), "moving_mean", weights).orElseThrow();
        FloatBuffer variance = weight(norm.layer(), "moving_variance", weights).orElseThrow();
        for (int c = 0; c < factors.length; c++) {
            double spread = Math.sqrt(variance.get(c) + norm.terms().epsilon());
            double factor = (gamma.isPresent() ? gamma.get().get(c) : 1) / spread;
            factors[c] *= factor;
            bias[c] = (bias[c] - mean.get(c)) * factor
                    + (beta.isPresent() ? beta.get().get(c) : 0);
        }
    }

    private static Optional<FloatBuffer> weight(Node node, String name, Weights weights) {
        return node.weights().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .map(spec -> weights.checkedValues(node, spec));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
