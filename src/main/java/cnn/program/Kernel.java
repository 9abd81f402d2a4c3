package cnn.program;

import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Shape;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The weights of one step: one kernel of a layer, with what is folded into it.
 *
 * @param layer whose weights they are; it may have other kernels beside this one
 * @param weight the kernel; for a batch norm by itself ones, that is a depthwise 1x1 convolution
 * @param bias what is added behind it, if anything
 * @param folds the batch norm and gain behind it, in their order
 */
public record Kernel(Node layer, WeightSpec weight, Optional<WeightSpec> bias, Window window, List<Fold> folds) {
    private static final Window POINT = Window.of(1, 1, Padding.VALID);
    private static final String ONES = "ones";

    public Kernel {
        folds = List.copyOf(folds);
    }

    /** The kernel of a layer that has one, and perhaps a bias. */
    static Kernel of(Node layer, Window window) {
        List<WeightSpec> weights = layer.weights();
        return new Kernel(layer, weights.get(0), weights.stream().skip(1).findFirst(), window, List.of());
    }

    /** The kernel of a layer that multiplies a vector or a cell, and perhaps adds a bias. */
    static Kernel of(Node layer) {
        return of(layer, POINT);
    }

    /** One of a layer's weights as a kernel of single cells. */
    static Kernel point(Node layer, WeightSpec weight, Optional<WeightSpec> bias) {
        return new Kernel(layer, weight, bias, POINT, List.of());
    }

    /** A weight that is no kernel, as it is. */
    public static Kernel vector(Node layer, WeightSpec weight) {
        return point(layer, weight, Optional.empty());
    }

    /** A factor for each channel, as a convolution of each channel by itself. */
    static Kernel factors(Node layer, WeightSpec factors, Optional<WeightSpec> bias) {
        Shape shape = Shape.of(1, 1, factors.shape().channels(), 1);
        return point(
                layer, new WeightSpec(factors.name(), WeightRole.DEPTHWISE_KERNEL, shape, factors.trainable()), bias);
    }

    /** A batch norm by itself. */
    static Kernel of(Norm norm) {
        Shape shape = Shape.of(1, 1, norm.layer().inputShape().channels(), 1);
        WeightSpec ones = new WeightSpec(ONES, WeightRole.DEPTHWISE_KERNEL, shape, false);
        return new Kernel(norm.layer(), ones, Optional.empty(), POINT, List.of(norm));
    }

    /** A factor for each channel that no layer has. */
    static WeightSpec ones(int channels) {
        return new WeightSpec(ONES, WeightRole.SCALE, Shape.of(channels), false);
    }

    /** Whether this multiplies each channel by a factor and does nothing else. */
    boolean isGain() {
        return isDepthwise()
                && bias.isEmpty()
                && folds.isEmpty()
                && stored().filter(spec -> spec.role() == WeightRole.SCALE).isPresent();
    }

    /** The weight as the layer lists it; empty if these are ones, which it does not have. */
    public Optional<WeightSpec> stored() {
        return layer.weights().stream()
                .filter(spec -> spec.name().equals(weight.name()))
                .findFirst();
    }

    Kernel with(Fold fold) {
        List<Fold> more = new ArrayList<>(folds);
        more.add(fold);
        return new Kernel(layer, weight, bias, window, more);
    }

    /** Whether something multiplies its outputs. */
    public boolean isScaled() {
        return !folds.isEmpty();
    }

    public boolean isDense() {
        return weight.role() == WeightRole.DENSE_KERNEL;
    }

    /** Whether each channel is convolved by itself. */
    public boolean isDepthwise() {
        return weight.role() == WeightRole.DEPTHWISE_KERNEL;
    }

    /** Whether channels are convolved in parts. */
    public boolean isGrouped() {
        return isDepthwise() || weight.groups() > 1;
    }

    public boolean isTransposed() {
        return weight.role() == WeightRole.TRANSPOSED_KERNEL;
    }

    public int inputs() {
        return isTransposed() ? fromEnd(1) : fromEnd(2) * weight.groups();
    }

    public int outputs() {
        if (isTransposed()) {
            return fromEnd(2);
        }
        return isDepthwise() ? fromEnd(2) * fromEnd(1) : fromEnd(1);
    }

    private int fromEnd(int axis) {
        List<Integer> sizes = weight.shape().sizes();
        return sizes.get(sizes.size() - axis);
    }
}
