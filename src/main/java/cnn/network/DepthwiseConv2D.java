package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A convolution of each channel by itself; channel {@code c} gives the outputs {@code c * depthMultiplier ...}. */
public record DepthwiseConv2D(
        Window window,
        int depthMultiplier,
        boolean useBias,
        ActivationFunction activation,
        KernelInitializer kernelInitializer)
        implements Layer, Windowed {

    public DepthwiseConv2D {
        if (depthMultiplier < 1) {
            throw new IllegalArgumentException("the depth multiplier must be positive, not " + depthMultiplier);
        }
    }

    /** A layer with Keras's default initializer. */
    public DepthwiseConv2D(Window window, int depthMultiplier, boolean useBias, ActivationFunction activation) {
        this(window, depthMultiplier, useBias, activation, KernelInitializer.GLOROT_UNIFORM);
    }

    /** Keras 2 lists arguments of its base class too, which have no meaning here. */
    static Layer read(Arguments arguments, Shape input) {
        arguments.passOver("filters");
        arguments.require("groups", 1);
        return new DepthwiseConv2D(
                arguments.window("kernel_size"),
                arguments.integer("depth_multiplier", 1),
                arguments.flag("use_bias", true),
                arguments.activation(),
                arguments.initializer("depthwise_initializer"));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DEPTHWISE_CONV2D;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .kernel(window)
                .with("depth_multiplier", depthMultiplier)
                .activation(activation)
                .weights("depthwise", kernelInitializer, useBias)
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        return window.output(input, Math.multiplyExact(input.channels(), depthMultiplier));
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable(
                "depthwise_kernel",
                WeightRole.DEPTHWISE_KERNEL,
                window.kernelHeight(),
                window.kernelWidth(),
                input.channels(),
                depthMultiplier));
        if (useBias) {
            weights.add(WeightSpec.trainable(
                    "bias", WeightRole.SHIFT, Math.multiplyExact(input.channels(), depthMultiplier)));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return Math.multiplyExact(output.elements(), (long) window.kernelHeight() * window.kernelWidth());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.depthwiseConv2D(this);
    }
}
