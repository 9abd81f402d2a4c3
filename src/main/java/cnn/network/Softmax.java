package cnn.network;

import java.util.List;
import java.util.Map;

/**
 * Softmax over another axis than the innermost, over which it is an {@link Activation}.
 *
 * @param axis as Keras counts it, the batch being 0, or from the end
 */
public record Softmax(int axis) implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        if (arguments.has("axis") && arguments.get("axis") instanceof List<?> axes && axes.size() != 1) {
            throw arguments.unsupported("softmax over several axes");
        }
        boolean innermost = arguments.axis("axis", -1, input) == input.sizes().size() - 1;
        return innermost
                ? new Activation(ActivationFunction.SOFTMAX, KerasType.SOFTMAX)
                : new Softmax(arguments.integers("axis")[0]);
    }

    @Override
    public KerasType kerasType() {
        return KerasType.SOFTMAX;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("axis", axis).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    /** The axis as a place in a shape of so many sizes. */
    public int place(int rank) {
        return axis < 0 ? axis + rank : axis - 1;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.softmax(this);
    }
}
