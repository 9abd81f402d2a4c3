package cnn.network;

import cnn.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The same numbers in the same order under another shape. */
public record Reshape(Shape target) implements WeightlessLayer {

    /** One size may be -1: what is left. */
    static Layer read(Arguments arguments, Shape input) {
        int[] target = arguments.integers("target_shape");
        long known =
                Arrays.stream(target).filter(size -> size != -1).asLongStream().reduce(1, Math::multiplyExact);
        for (int i = 0; i < target.length; i++) {
            if (target[i] == -1 && known > 0) {
                target[i] = Math.toIntExact(input.elements() / known);
                known *= target[i];
            }
        }
        return new Reshape(Shape.of(target));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.RESHAPE;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("target_shape", target.sizes()).map();
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
