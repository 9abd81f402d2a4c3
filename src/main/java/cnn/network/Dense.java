package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A fully connected layer on a vector, or on the innermost axis of something else, with a kernel of (in, units). */
public record Dense(int units, boolean useBias, ActivationFunction activation, KernelInitializer kernelInitializer)
        implements Layer {

    public Dense {
        if (units < 1) {
            throw new IllegalArgumentException("a dense layer needs at least one unit, not " + units);
        }
    }

    /** A layer with Keras's default initializer. */
    public Dense(int units, boolean useBias, ActivationFunction activation) {
        this(units, useBias, activation, KernelInitializer.GLOROT_UNIFORM);
    }

    static Layer read(Arguments arguments, Shape input) {
        return new Dense(
                arguments.integer("units"),
                arguments.flag("use_bias", true),
                arguments.activation(),
                arguments.initializer("kernel_initializer"));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DENSE;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("units", units)
                .activation(activation)
                .weights("kernel", kernelInitializer, useBias)
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        List<Integer> sizes = new ArrayList<>(Inputs.single(inputs).sizes());
        sizes.set(sizes.size() - 1, units);
        return new Shape(sizes);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable("kernel", role(input), input.channels(), units));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", WeightRole.SHIFT, units));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return Math.multiplyExact(output.elements(), (long) input.channels());
    }

    private static WeightRole role(Shape input) {
        return input.sizes().size() == 1 ? WeightRole.DENSE_KERNEL : WeightRole.POINT_KERNEL;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dense(this);
    }
}
