package cnn.program;

import java.nio.FloatBuffer;

/**
 * Computes images in float32 and notes how far the numbers of every value go. The order of the images and how many come at a
 * time make no difference. Used by one thread; may hold native memory until it is closed.
 */
public interface RangeObserver extends AutoCloseable {

    /**
     * Computes some images.
     *
     * @param nhwc as for {@link cnn.network.ForwardPass#run}
     */
    void observe(FloatBuffer nhwc, int images);

    /**
     * The ranges of what has been observed so far, at least one image.
     *
     * @throws cnn.UserError of kind DATA if a value is not finite
     */
    Ranges ranges(RangeMethod method);

    @Override
    void close();
}
