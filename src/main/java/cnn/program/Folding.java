package cnn.program;

import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** What is folded into a kernel as one factor and one bias for each output channel. */
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
        kernel.folds().forEach(fold -> fold.into(factors, bias, weights));
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
        if (kernel.stored().isPresent()) {
            return weights.checkedValues(kernel.layer(), kernel.stored().get()).slice();
        }
        float[] ones = new float[kernel.outputs()];
        Arrays.fill(ones, 1);
        return FloatBuffer.wrap(ones);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
