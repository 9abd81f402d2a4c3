package cnn.network;

import cnn.UserError;
import java.util.List;
import java.util.Map;

/** A feature map as a vector, row by row, channels innermost. */
public record Flatten() implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        return new Flatten();
    }

    @Override
    public KerasType kerasType() {
        return KerasType.FLATTEN;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().dataFormat().map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(inputs);
        if (input.elements() > Integer.MAX_VALUE) {
            throw UserError.data(input + " is too much for one vector; give a smaller input size");
        }
        return Shape.of((int) input.elements());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.flatten(this);
    }
}
