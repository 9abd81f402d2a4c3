package cnn.model;

import cnn.network.ForwardPass;
import cnn.network.Node;
import cnn.network.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean of what a pass gives for images and for the same images mirrored, left for right: test-time augmentation as in
 * Krizhevsky et al. 2012, section 4.1. For outputs without a left and a right, such as probabilities.
 */
final class MirroredPass implements ForwardPass {
    private final ForwardPass pass;
    private final Shape image;
    private FloatBuffer mirrored = FloatBuffer.allocate(0);

    /** @param image the shape of one; closes {@code pass} with this */
    MirroredPass(ForwardPass pass, Shape image) {
        this.pass = pass;
        this.image = image;
    }

    @Override
    public List<Node> outputs() {
        return pass.outputs();
    }

    @Override
    public List<float[]> run(FloatBuffer nhwc, int images) {
        FloatBuffer other = mirror(nhwc, images);
        List<float[]> means = new ArrayList<>();
        List<float[]> seen = pass.run(nhwc, images).stream().map(float[]::clone).toList();
        List<float[]> seenMirrored = pass.run(other, images);
        for (int output = 0; output < seen.size(); output++) {
            float[] mean = seen.get(output);
            for (int i = 0; i < mean.length; i++) {
                mean[i] = (mean[i] + seenMirrored.get(output)[i]) / 2;
            }
            means.add(mean);
        }
        return means;
    }

    private FloatBuffer mirror(FloatBuffer nhwc, int images) {
        int elements = Math.toIntExact(images * image.elements());
        if (mirrored.capacity() < elements) {
            mirrored = ByteBuffer.allocateDirect(elements * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        FloatBuffer from = nhwc.slice();
        float[] row = new float[image.width() * image.channels()];
        mirrored.clear();
        for (int y = 0; y < images * image.height(); y++) {
            from.get(row);
            for (int x = image.width() - 1; x >= 0; x--) {
                mirrored.put(row, x * image.channels(), image.channels());
            }
        }
        return mirrored.flip();
    }

    @Override
    public void close() {
        pass.close();
    }
}
