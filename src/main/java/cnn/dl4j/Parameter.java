package cnn.dl4j;

import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * One parameter of a layer in a {@link ParameterVector}. Keras keeps it as (cells, channels, units), Deeplearning4j turned
 * round, as (units, channels, cells): a convolution's cells are those of its window, a dense kernel's those of the map that
 * it takes, if it takes one.
 *
 * @param weight empty for one that Keras does not have; it is {@code constant} then
 * @param start of its values in the vector
 */
record Parameter(
        Node node, Optional<WeightSpec> weight, float constant, int cells, int channels, int units, long start) {
    /** Units that are turned round at a time: few enough not to hold a second copy of a large kernel. */
    private static final int BLOCK = 16;

    /** @param map that the rows belong to number by number */
    static Parameter of(Node node, WeightSpec weight, Optional<Shape> map) {
        List<Integer> sizes = weight.shape().sizes();
        int rows = sizes.get(0);
        int cells = map.map(shape -> shape.height() * shape.width()).orElse(1);
        return switch (weight.role()) {
            case KERNEL -> of(node, weight, Math.multiplyExact(rows, sizes.get(1)), sizes.get(2), sizes.get(3));
            case DENSE_KERNEL -> of(node, weight, cells, rows / cells, sizes.get(1));
            case SHIFT, SCALE -> of(node, weight, cells, rows / cells, 1);
            case DEPTHWISE_KERNEL, POINT_KERNEL, TRANSPOSED_KERNEL, SLOPE ->
                of(node, weight, 1, Math.toIntExact(weight.shape().elements()), 1);
        };
    }

    /** A number for each channel. */
    static Parameter constant(Node node, float constant) {
        return new Parameter(
                node, Optional.empty(), constant, 1, node.outputShape().channels(), 1, 0);
    }

    private static Parameter of(Node node, WeightSpec weight, int cells, int channels, int units) {
        return new Parameter(node, Optional.of(weight), 0, cells, channels, units, 0);
    }

    Parameter at(long place) {
        return new Parameter(node, weight, constant, cells, channels, units, place);
    }

    /** How many numbers it has. */
    long count() {
        return Math.multiplyExact((long) cells * channels, (long) units);
    }

    /** Writes the values in Deeplearning4j's order, big-endian. */
    void write(Weights weights, OutputStream out) throws IOException {
        FloatBuffer keras = weight.map(one -> weights.checkedValues(node, one)).orElse(null);
        int rows = cells * channels;
        float[] row = new float[BLOCK];
        for (int unit = 0; unit < units; unit += BLOCK) {
            int width = Math.min(BLOCK, units - unit);
            ByteBuffer block = ByteBuffer.allocate(Math.multiplyExact(width * Float.BYTES, rows));
            for (int i = 0; i < rows; i++) {
                if (keras == null) {
                    row[0] = constant;
                } else {
                    keras.get(keras.position() + i * units + unit, row, 0, width);
                }
                int turned = turned(i);
                for (int k = 0; k < width; k++) {
                    block.putFloat((k * rows + turned) * Float.BYTES, row[k]);
                }
            }
            out.write(block.array());
        }
    }

    /**
     * The values in Keras's order.
     *
     * @param stored in Deeplearning4j's
     */
    FloatBuffer read(FloatBuffer stored) {
        int rows = cells * channels;
        float[] keras = new float[Math.toIntExact(count())];
        if (units == 1 && (cells == 1 || channels == 1)) {
            stored.get(keras);
            return FloatBuffer.wrap(keras);
        }
        float[] block = new float[Math.multiplyExact(Math.min(BLOCK, units), rows)];
        for (int unit = 0; unit < units; unit += BLOCK) {
            int width = Math.min(BLOCK, units - unit);
            stored.get(block, 0, width * rows);
            for (int i = 0; i < rows; i++) {
                int turned = turned(i);
                for (int k = 0; k < width; k++) {
                    keras[i * units + unit + k] = block[k * rows + turned];
                }
            }
        }
        return FloatBuffer.wrap(keras);
    }

    /** Where Keras's row lies among Deeplearning4j's: that of cell {@code row / channels}, channel {@code row % channels}. */
    private int turned(int row) {
        return row % channels * cells + row / channels;
    }
}
