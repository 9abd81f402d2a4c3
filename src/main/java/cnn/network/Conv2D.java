package cnn.network;

import java.util.ArrayList;
import java.util.List;

/** A convolution over height and width, with a kernel of (height, width, in, filters). */
public record Conv2D(
        int filters, Window window, boolean useBias, ActivationFunction activation, KernelInitializer kernelInitializer)
        implements Layer, Windowed {

    public Conv2D {
        if (filters < 1) {
            throw new IllegalArgumentException("a convolution needs at least one filter, not " + filters);
        }
    }

    /** A convolution with Keras's default initializer. */
    public Conv2D(int filters, Window window, boolean useBias, ActivationFunction activation) {
        this(filters, window, useBias, activation, KernelInitializer.GLOROT_UNIFORM);
    }

    @Override
    public KerasType kerasType() {
        return KerasType.CONV2D;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return window.output(Inputs.map(inputs), filters);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable(
                "kernel", WeightRole.KERNEL, window.kernelHeight(), window.kernelWidth(), input.channels(), filters));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", WeightRole.SHIFT, filters));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        long each = (long) window.kernelHeight() * window.kernelWidth() * input.channels();
        return Math.multiplyExact(output.elements(), each);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.conv2D(this);
    }
}
