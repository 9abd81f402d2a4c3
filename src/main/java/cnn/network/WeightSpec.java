package cnn.network;

/**
 * One weight of a layer, in Keras's layout.
 *
 * @param name Keras's own: kernel, depthwise_kernel, bias, gamma, beta, moving_mean, moving_variance
 * @param shape (height, width, in, out) for a convolution's kernel, (height, width, in, multiplier) for a depthwise
 *     one, (in, out) for a dense one, (channels) for all others
 * @param trainable whether training changes it by gradient; the moving statistics of a batch norm are not
 */
public record WeightSpec(String name, Shape shape, boolean trainable) {

    static WeightSpec trainable(String name, int... sizes) {
        return new WeightSpec(name, Shape.of(sizes), true);
    }

    static WeightSpec statistic(String name, int size) {
        return new WeightSpec(name, Shape.of(size), false);
    }
}
