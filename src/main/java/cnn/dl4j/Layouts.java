package cnn.dl4j;

import cnn.network.Shape;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Between Keras's layouts, channels innermost, and those of the graphs here, channels before height and width.
 *
 * <p>DL4J can keep channels innermost too, but in M2.1 its convolutions then permute and copy what they get, and its
 * poolings run through a slow loop.
 */
final class Layouts {
    /** Columns of a dense kernel that are copied at a time: few enough not to hold a second copy of a large one. */
    private static final int COLUMNS = 64;

    private Layouts() {}

    /** A batch from outside: a map becomes (images, channels, height, width), anything else (images, elements). */
    static INDArray fromNhwc(FloatBuffer nhwc, int images, Shape shape) {
        float[] values = new float[Math.toIntExact(images * shape.elements())];
        nhwc.duplicate().get(values);
        INDArray batch = Nd4j.createFromArray(values).reshape(images, shape.elements());
        return shape.isMap() ? fromFlat(batch, shape).dup('c') : batch;
    }

    /** The values of a batch for outside: image by image, maps in the order height, width, channel. */
    static float[] toNhwc(INDArray batch, Shape shape) {
        INDArray copy = (shape.isMap() ? batch.permute(0, 2, 3, 1) : batch).dup('c');
        float[] values = copy.data().asFloat();
        copy.close();
        return values;
    }

    /**
     * A batch under another shape, its values in the order height, width, channel before and after: what Keras's Flatten
     * and Reshape do.
     */
    static INDArray reshape(INDArray batch, Shape from, Shape to) {
        INDArray nhwc = from.isMap() ? batch.permute(0, 2, 3, 1) : batch;
        INDArray flat = nhwc.dup('c').reshape(batch.size(0), from.elements());
        return to.isMap() ? fromFlat(flat, to) : flat;
    }

    /** A convolution's kernel (out, in, height, width), indexed as Keras's (height, width, in, out). */
    static INDArray asHwio(INDArray oihw) {
        return oihw.permute(2, 3, 1, 0);
    }

    /**
     * Copies a weight into a parameter.
     *
     * @param values row-major in Keras's layout, from the buffer's position on
     * @param target indexed as Keras indexes the weight, whatever its strides
     */
    static void copy(FloatBuffer values, INDArray target) {
        if (target.rank() == 2 && target.stride(0) == 1 && target.stride(1) == target.rows()) {
            copyByColumns(
                    values.slice(),
                    target.rows(),
                    target.columns(),
                    target.data().asNioFloat());
        } else {
            float[] all = new float[Math.toIntExact(target.length())];
            values.duplicate().get(all);
            INDArray source = Nd4j.createFromArray(all);
            target.assign(source.reshape('c', target.shape()));
            source.close();
        }
    }

    /**
     * A dense kernel: Keras keeps it row by row, DL4J column by column. ND4J's own copy takes three times as long, and
     * must not be split: parts of a parameter far back in M2.1's common array come out as scalars.
     *
     * @param target the parameter's memory, from the buffer's position on
     */
    private static void copyByColumns(FloatBuffer rowMajor, int rows, int columns, FloatBuffer target) {
        float[] piece = new float[Math.min(COLUMNS, columns)];
        float[] transposed = new float[piece.length * rows];
        for (int begin = 0; begin < columns; begin += piece.length) {
            int width = Math.min(piece.length, columns - begin);
            for (int row = 0; row < rows; row++) {
                rowMajor.get(row * columns + begin, piece, 0, width);
                for (int i = 0; i < width; i++) {
                    transposed[i * rows + row] = piece[i];
                }
            }
            target.put(transposed, 0, width * rows);
        }
    }

    private static INDArray fromFlat(INDArray flat, Shape map) {
        return flat.reshape('c', flat.size(0), map.height(), map.width(), map.channels())
                .permute(0, 3, 1, 2);
    }
}
