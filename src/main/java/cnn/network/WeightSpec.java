package cnn.network;

/**
 * One weight of a layer, in Keras's layout. A layer may have several of one role.
 *
 * @param name Keras's own, unique in its layer: kernel, depthwise_kernel, bias, gamma, beta, moving_mean, moving_variance ...
 * @param role what the layer does with it
 * @param shape the axes that its role says
 * @param groups of a kernel that convolves parts of the channels by themselves, how many parts; else 1
 * @param trainable whether training changes it by gradient; the moving statistics of a batch norm are not
 */
public record WeightSpec(String name, WeightRole role, Shape shape, int groups, boolean trainable) {

    /** A weight without groups. */
    public WeightSpec(String name, WeightRole role, Shape shape, boolean trainable) {
        this(name, role, shape, 1, trainable);
    }

    static WeightSpec trainable(String name, WeightRole role, int... sizes) {
        return new WeightSpec(name, role, Shape.of(sizes), true);
    }

    static WeightSpec statistic(String name, WeightRole role, int size) {
        return new WeightSpec(name, role, Shape.of(size), false);
    }
}
