package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A convolution of each channel by itself, followed by one of single cells over all channels (Chollet 2017); the kernel's
 * window, stride and padding are those of the first.
 */
public record SeparableConv2D(
        int filters, Window window, int depthMultiplier, boolean useBias, ActivationFunction activation)
        implements Layer, Windowed {

    public SeparableConv2D {
        if (Math.min(filters, depthMultiplier) < 1) {
            throw new IllegalArgumentException("filters and depth multiplier must be positive");
        }
    }

    /** Keras 2 lists arguments of its base class too, which have no meaning here. */
    static Layer read(Arguments arguments, Shape input) {
        arguments.require("groups", 1);
        return new SeparableConv2D(
                arguments.integer("filters"),
                arguments.window("kernel_size"),
                arguments.integer("depth_multiplier", 1),
                arguments.flag("use_bias", true),
                arguments.activation());
    }

    @Override
    public KerasType kerasType() {
        return KerasType.SEPARABLE_CONV2D;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("filters", filters)
                .kernel(window)
                .with("depth_multiplier", depthMultiplier)
                .activation(activation)
                .weights("depthwise", kernelInitializer(), useBias)
                .initializer("pointwise", kernelInitializer())
                .none("pointwise_regularizer", "pointwise_constraint")
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return window.output(Inputs.map(inputs), filters);
    }

    /** The shape between the two convolutions. */
    public Shape middle(Shape input) {
        return window.output(input, Math.multiplyExact(input.channels(), depthMultiplier));
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int middle = Math.multiplyExact(input.channels(), depthMultiplier);
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable(
                "depthwise_kernel",
                WeightRole.DEPTHWISE_KERNEL,
                window.kernelHeight(),
                window.kernelWidth(),
                input.channels(),
                depthMultiplier));
        weights.add(WeightSpec.trainable("pointwise_kernel", WeightRole.KERNEL, 1, 1, middle, filters));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", WeightRole.SHIFT, filters));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        Shape middle = middle(input);
        long depthwise = Math.multiplyExact(middle.elements(), (long) window.kernelHeight() * window.kernelWidth());
        return Math.addExact(depthwise, Math.multiplyExact(output.elements(), (long) middle.channels()));
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.separableConv2D(this);
    }
}
