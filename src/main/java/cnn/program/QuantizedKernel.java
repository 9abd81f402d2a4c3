package cnn.program;

import cnn.network.Weights;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A kernel, with what is folded into it, as whole numbers from -127 to 127: for each output channel on a scale of its own, on
 * which its farthest weight is the last number.
 */
public final class QuantizedKernel {
    private static final int MOST = 127;
    /** Output channels worked on together; more of them where rows are long. */
    private static final int BLOCK = 64;

    private static final int LONG_BLOCK = 512;
    /** Added to a float and taken away again, it leaves the nearest whole number. */
    private static final float TO_WHOLE = 0x1.8p23f;

    private final Kernel kernel;
    /** Of the whole numbers in each channel that is read; empty if they are not known. */
    private final float[] means;

    private final FloatBuffer values;
    private final int outputs;
    private final int rows;
    private final int size;
    /** From a weight to its whole number. */
    private final float[] steps;

    private final float[] scales;
    private final float[] bias;

    public QuantizedKernel(Kernel kernel, WholeSource source, Weights weights) {
        Folding folding = Folding.of(kernel, weights);
        this.kernel = kernel;
        this.means = new float[source.means().size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (source.means().get(i) / source.grid().scale());
        }
        this.values = Folding.kernel(kernel, weights);
        this.outputs = kernel.outputs();
        this.rows = values.remaining() / outputs;
        this.size = outputs < 4 * LONG_BLOCK ? BLOCK : LONG_BLOCK;
        this.steps = new float[outputs];
        this.scales = new float[outputs];
        this.bias = folding.bias();
        blocks().forEach(block -> farthest(block * size, width(block)));
        for (int c = 0; c < outputs; c++) {
            float scale = Math.abs(folding.factors()[c]) * scales[c] / MOST;
            scales[c] = scale > 0 ? scale : 1;
            steps[c] = folding.factors()[c] / scales[c];
            scales[c] *= (float) source.grid().scale();
        }
    }

    /** What a sum of products of whole numbers is to be multiplied with, for each output channel. */
    public float[] scales() {
        return scales.clone();
    }

    /**
     * Puts the whole numbers into a buffer, in Keras's order.
     *
     * @return what is to be added to the sums of products, so that rounding the weights does not move their mean (Nagel et al.
     *     2019, "Data-free quantization through weight equalization and bias correction")
     */
    public float[] write(ByteBuffer target) {
        float[] added = new float[outputs];
        blocks().forEach(block -> {
            float[] moved = write(target, block * size, width(block));
            for (int c = 0; c < moved.length; c++) {
                int output = block * size + c;
                added[output] = bias[output] / scales[output] - moved[c];
            }
        });
        return added;
    }

    private void farthest(int from, int width) {
        float[] row = new float[width];
        float[] most = new float[width];
        for (int i = 0; i < rows; i++) {
            values.get(i * outputs + from, row);
            for (int c = 0; c < width; c++) {
                most[c] = Math.max(most[c], Math.abs(row[c]));
            }
        }
        System.arraycopy(most, 0, scales, from, width);
    }

    /** By how much the sums move on average. */
    private float[] write(ByteBuffer target, int from, int width) {
        float[] row = new float[width];
        float[] factors = Arrays.copyOfRange(steps, from, from + width);
        byte[] whole = new byte[width];
        float[] moved = new float[width];
        DepthwiseRounding depthwise = new DepthwiseRounding(width);
        for (int i = 0; i < rows; i++) {
            values.get(i * outputs + from, row);
            multiply(row, factors);
            if (kernel.isDepthwise()) {
                depthwise.round(row, whole);
            } else {
                round(row, whole);
            }
            target.put(i * outputs + from, whole);
            if (means.length > 0) {
                move(moved, row, whole, i, from);
            }
        }
        return moved;
    }

    private static void multiply(float[] row, float[] factors) {
        for (int c = 0; c < row.length; c++) {
            row[c] *= factors[c];
        }
    }

    private static void round(float[] row, byte[] whole) {
        for (int c = 0; c < row.length; c++) {
            whole[c] = (byte) (int) ((row[c] + TO_WHOLE) - TO_WHOLE);
        }
    }

    private void move(float[] moved, float[] row, byte[] whole, int i, int from) {
        if (kernel.isGrouped()) {
            for (int c = 0; c < row.length; c++) {
                moved[c] += (whole[c] - row[c]) * means[input(i, from + c)];
            }
        } else {
            float mean = means[i % means.length];
            for (int c = 0; c < row.length; c++) {
                moved[c] += (whole[c] - row[c]) * mean;
            }
        }
    }

    /** The input channel that a weight is multiplied with. */
    private int input(int row, int output) {
        if (kernel.isDepthwise()) {
            return output / (outputs / kernel.inputs());
        }
        int groups = kernel.weight().groups();
        int inputs = kernel.inputs() / groups;
        return output / (outputs / groups) * inputs + row % inputs;
    }

    /** Blocks of output channels, that may be worked on at the same time. */
    private IntStream blocks() {
        return IntStream.range(0, (outputs + size - 1) / size).parallel();
    }

    private int width(int block) {
        return Math.min(size, outputs - block * size);
    }
}
