package cnn.program;

import cnn.network.Weights;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;

/**
 * A kernel, with what is folded into it, as whole numbers from -127 to 127: for each output channel on a scale of its own, on
 * which its farthest weight is the last number.
 */
public final class QuantizedKernel {
    private static final int MOST = 127;
    private static final int PART = 1 << 16;

    private final FloatBuffer values;
    private final int outputs;
    private final float[] factors;
    private final float[] bias;
    private final float[] scales;

    public QuantizedKernel(Kernel kernel, Weights weights) {
        Folding folding = Folding.of(kernel, weights);
        this.values = Folding.kernel(kernel, weights);
        this.outputs = kernel.outputs();
        this.factors = folding.factors();
        this.bias = folding.bias();
        this.scales = farthest();
        for (int c = 0; c < outputs; c++) {
            float scale = Math.abs(factors[c]) * scales[c] / MOST;
            scales[c] = scale > 0 ? scale : 1;
        }
    }

    /** What a whole number is to be multiplied with, for each output channel. */
    public float[] scales() {
        return scales;
    }

    /** What is added to each output channel. */
    public float[] bias() {
        return bias;
    }

    /** Puts the whole numbers into a buffer, in Keras's order. */
    public void write(ByteBuffer target) {
        float[] steps = new float[outputs];
        for (int c = 0; c < outputs; c++) {
            steps[c] = factors[c] / scales[c];
        }
        parts().forEach(part -> {
            float[] row = new float[outputs];
            byte[] whole = new byte[outputs];
            for (int i = part * rows(); i < end(part); i++) {
                values.get(i * outputs, row);
                for (int c = 0; c < outputs; c++) {
                    whole[c] = (byte) Math.rint(row[c] * steps[c]);
                }
                target.put(i * outputs, whole);
            }
        });
    }

    private float[] farthest() {
        return parts().mapToObj(this::farthest).reduce(new float[outputs], QuantizedKernel::larger);
    }

    private float[] farthest(int part) {
        float[] row = new float[outputs];
        float[] most = new float[outputs];
        for (int i = part * rows(); i < end(part); i++) {
            values.get(i * outputs, row);
            for (int c = 0; c < outputs; c++) {
                most[c] = Math.max(most[c], Math.abs(row[c]));
            }
        }
        return most;
    }

    private static float[] larger(float[] left, float[] right) {
        float[] larger = new float[left.length];
        for (int c = 0; c < larger.length; c++) {
            larger[c] = Math.max(left[c], right[c]);
        }
        return larger;
    }

    /** Parts of the kernel, rows of output channels, that may be worked on at the same time. */
    private IntStream parts() {
        return IntStream.range(0, (values.remaining() / outputs + rows() - 1) / rows())
                .parallel();
    }

    private int rows() {
        return Math.max(1, PART / outputs);
    }

    private int end(int part) {
        return Math.min((part + 1) * rows(), values.remaining() / outputs);
    }
}
