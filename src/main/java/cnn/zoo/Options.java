package cnn.zoo;

import cnn.network.Pooling;
import java.util.Optional;

/**
 * Which form of an architecture is wanted; the arguments of Keras's application functions.
 *
 * @param height of the input, in pixels
 * @param width of the input, in pixels
 * @param includeTop with the layers that turn features into classes
 * @param pooling without top: how the last feature map becomes a vector, if at all
 * @param classes with top: outputs of the last layer
 */
public record Options(int height, int width, boolean includeTop, Optional<Pooling> pooling, int classes) {

    /** The classes of ImageNet's challenge of 2012. */
    public static final int IMAGENET_CLASSES = 1000;

    public static Options withTop(int height, int width) {
        return withTop(height, width, IMAGENET_CLASSES);
    }

    public static Options withTop(int height, int width, int classes) {
        return new Options(height, width, true, Optional.empty(), classes);
    }

    public static Options withoutTop(int height, int width, Optional<Pooling> pooling) {
        return new Options(height, width, false, pooling, 0);
    }
}
