package cnn.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * x, but alpha x where x is negative, with alphas that are learnt (He et al. 2015).
 *
 * @param sharedAxes those, counted as Keras does from 1, along which all places have one alpha
 */
public record PReLU(List<Integer> sharedAxes) implements Layer {

    public PReLU {
        sharedAxes = List.copyOf(sharedAxes);
    }

    static Layer read(Arguments arguments, Shape input) {
        int[] axes = arguments.has("shared_axes") ? arguments.integers("shared_axes") : new int[0];
        for (int axis : axes) {
            if (axis < 1 || axis > input.sizes().size()) {
                throw arguments.unsupported("shared_axes " + axis);
            }
        }
        return new PReLU(Arrays.stream(axes).boxed().toList());
    }

    @Override
    public KerasType kerasType() {
        return KerasType.PRELU;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .initializer("alpha", "Zeros")
                .none("alpha_regularizer", "alpha_constraint")
                .with("shared_axes", sharedAxes.isEmpty() ? null : sharedAxes)
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int[] sizes = input.sizes().stream().mapToInt(Integer::intValue).toArray();
        sharedAxes.forEach(axis -> sizes[axis - 1] = 1);
        return List.of(WeightSpec.trainable("alpha", WeightRole.SLOPE, sizes));
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return 0;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.prelu(this);
    }
}
