package cnn.network;

import java.util.List;
import java.util.Map;

/**
 * Softmax as a layer with an axis.
 *
 * @param axis as Keras counts it, the batch being 0, or from the end
 */
public record Softmax(int axis) implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        if (arguments.has("axis") && arguments.get("axis") instanceof List<?> axes && axes.size() != 1) {
            throw arguments.unsupported("softmax over several axes");
        }
        arguments.axis("axis", -1, input);
        return new Softmax(arguments.has("axis") ? arguments.integers("axis")[0] : -1);
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
