package cnn.network;

import cnn.UserError;
import java.util.ArrayList;
import java.util.List;

/** A fully connected layer on a vector, with a kernel of (in, units). */
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

    @Override
    public KerasType kerasType() {
        return KerasType.DENSE;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(inputs);
        if (input.sizes().size() != 1) {
            throw UserError.data("a dense layer needs a vector, not " + input + "; put flatten or pooling before it");
        }
        return Shape.of(units);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable("kernel", WeightRole.DENSE_KERNEL, input.channels(), units));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", WeightRole.SHIFT, units));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return (long) input.channels() * units;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dense(this);
    }
}
