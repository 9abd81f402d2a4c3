package cnn.program;

import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Shape;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.network.Window;
import java.util.List;
import java.util.Optional;

/**
 * The weights of one step: one kernel of a layer, with the batch norm behind it.
 *
 * @param layer whose weights they are; it may have other kernels beside this one
 * @param weight the kernel; for a batch norm by itself ones, that is a depthwise 1x1 convolution
 * @param bias what is added behind it, if anything
 * @param norm the batch norm to fold into it
 */
public record Kernel(Node layer, WeightSpec weight, Optional<WeightSpec> bias, Window window, Optional<Norm> norm) {
    private static final Window POINT = Window.of(1, 1, Padding.VALID);

    /** The kernel of a layer that has one, and perhaps a bias. */
    static Kernel of(Node layer, Window window) {
        List<WeightSpec> weights = layer.weights();
        return new Kernel(layer, weights.get(0), weights.stream().skip(1).findFirst(), window, Optional.empty());
    }

    /** The kernel of a layer that multiplies a vector, and perhaps adds a bias. */
    static Kernel of(Node layer) {
        return of(layer, POINT);
    }

    /** A batch norm by itself. */
    static Kernel of(Norm norm) {
        Shape shape = Shape.of(1, 1, norm.layer().inputShape().channels(), 1);
        WeightSpec ones = new WeightSpec("ones", WeightRole.DEPTHWISE_KERNEL, shape, false);
        return new Kernel(norm.layer(), ones, Optional.empty(), POINT, Optional.of(norm));
    }

    Kernel with(Norm batchNorm) {
        return new Kernel(layer, weight, bias, window, Optional.of(batchNorm));
    }

    /** Whether a batch norm multiplies its outputs. */
    public boolean isScaled() {
        return norm.isPresent();
    }

    public boolean isDense() {
        return weight.role() == WeightRole.DENSE_KERNEL;
    }

    /** Whether each channel is convolved by itself. */
    public boolean isDepthwise() {
        return weight.role() == WeightRole.DEPTHWISE_KERNEL;
    }

    public int inputs() {
        return fromEnd(2);
    }

    public int outputs() {
        return isDepthwise() ? fromEnd(2) * fromEnd(1) : fromEnd(1);
    }

    private int fromEnd(int axis) {
        List<Integer> sizes = weight.shape().sizes();
        return sizes.get(sizes.size() - axis);
    }
}
