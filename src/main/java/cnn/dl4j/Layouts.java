package cnn.dl4j;

import cnn.network.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Between Keras's layouts, channels innermost, and those of the graphs here, channels before height and width.
 *
 * <p>DL4J can keep channels innermost too, but in M2.1 its convolutions then permute and copy what they get, and its
 * poolings run through a slow loop.
 */
final class Layouts {
    /** Numbers that are converted at a time, so that a copy of a large weight never exists as a whole. */
    private static final int CHUNK = 1 << 22;

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
        FloatBuffer source = values.duplicate();
        long rows = target.size(0);
        long rowLength = target.length() / rows;
        long step = Math.max(1, CHUNK / rowLength);
        for (long row = 0; row < rows; row += step) {
            long end = Math.min(rows, row + step);
            float[] chunk = new float[Math.toIntExact((end - row) * rowLength)];
            source.get(chunk);
            INDArray part = target.get(rows(target.rank(), row, end));
            INDArray from = Nd4j.createFromArray(chunk);
            part.assign(from.reshape('c', part.shape()));
            from.close();
        }
    }

    private static INDArray fromFlat(INDArray flat, Shape map) {
        return flat.reshape('c', flat.size(0), map.height(), map.width(), map.channels())
                .permute(0, 3, 1, 2);
    }

    private static INDArrayIndex[] rows(int rank, long begin, long end) {
        INDArrayIndex[] indices = new INDArrayIndex[rank];
        Arrays.fill(indices, NDArrayIndex.all());
        indices[0] = NDArrayIndex.interval(begin, end);
        return indices;
    }
}
