package cnn.network;

import cnn.UserError;
import java.util.List;

/** The same numbers in the same order under another shape. */
public record Reshape(Shape target) implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return KerasType.RESHAPE;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(inputs);
        if (input.elements() != target.elements()) {
            throw UserError.data("cannot reshape " + input + " into " + target);
        }
        return target;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.reshape(this);
    }
}
