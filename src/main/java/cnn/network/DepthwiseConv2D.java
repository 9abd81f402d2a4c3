package cnn.network;

import java.util.ArrayList;
import java.util.List;

/** A convolution of each channel by itself; channel {@code c} gives the outputs {@code c * depthMultiplier ...}. */
public record DepthwiseConv2D(Window window, int depthMultiplier, boolean useBias, ActivationFunction activation)
        implements Layer, Windowed {

    public DepthwiseConv2D {
        if (depthMultiplier < 1) {
            throw new IllegalArgumentException("the depth multiplier must be positive, not " + depthMultiplier);
        }
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DEPTHWISE_CONV2D;
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
