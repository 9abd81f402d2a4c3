package cnn.network;

import cnn.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A convolution over height and width, with a kernel of (height, width, in / groups, filters).
 *
 * @param groups parts that channels and filters are divided into, each convolved by itself
 */
public record Conv2D(
        int filters,
        Window window,
        int groups,
        boolean useBias,
        ActivationFunction activation,
        KernelInitializer kernelInitializer)
        implements Layer, Windowed {

    public Conv2D {
        if (filters < 1) {
            throw new IllegalArgumentException("a convolution needs at least one filter, not " + filters);
        }
        if (groups < 1 || filters % groups != 0) {
            throw new IllegalArgumentException(
                    "%d filters cannot be divided into %d groups".formatted(filters, groups));
        }
    }

    /** A convolution of all channels together. */
    public Conv2D(
            int filters, Window window, boolean useBias, ActivationFunction activation, KernelInitializer initializer) {
        this(filters, window, 1, useBias, activation, initializer);
    }

    /** A convolution of all channels together with Keras's default initializer. */
    public Conv2D(int filters, Window window, boolean useBias, ActivationFunction activation) {
        this(filters, window, useBias, activation, KernelInitializer.GLOROT_UNIFORM);
    }

    static Layer read(Arguments arguments, Shape input) {
        return new Conv2D(
                arguments.integer("filters"),
                arguments.window("kernel_size"),
                arguments.integer("groups", 1),
                arguments.flag("use_bias", true),
                arguments.activation(),
                arguments.initializer("kernel_initializer"));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.CONV2D;
    }

    @Override
    public Map<String, Object> arguments() {
        ArgumentText text = new ArgumentText().with("filters", filters).kernel(window);
        return (groups == 1 ? text : text.with("groups", groups))
                .activation(activation)
                .weights("kernel", kernelInitializer, useBias)
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        if (input.channels() % groups != 0) {
            throw UserError.data("%d channels cannot be divided into %d groups".formatted(input.channels(), groups));
        }
        return window.output(input, filters);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        Shape kernel = Shape.of(window.kernelHeight(), window.kernelWidth(), input.channels() / groups, filters);
        weights.add(new WeightSpec("kernel", WeightRole.KERNEL, kernel, groups, true));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", WeightRole.SHIFT, filters));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        long each = (long) window.kernelHeight() * window.kernelWidth() * (input.channels() / groups);
        return Math.multiplyExact(output.elements(), each);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.conv2D(this);
    }
}
