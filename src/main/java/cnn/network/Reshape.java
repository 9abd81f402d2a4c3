package cnn.network;

import cnn.UserError;
import java.util.List;

/** The same numbers in the same order under another shape. */
public record Reshape(Shape target) implements Layer {

    @Override
    public String kerasType() {
        return "Reshape";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(inputs);
        if (input.elements() != target.elements()) {
            throw UserError.data("cannot reshape " + input + " into " + target);
        }
        return target;
    }
}
