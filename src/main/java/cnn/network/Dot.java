package cnn.network;

import cnn.UserError;
import java.util.List;
import java.util.Map;

/**
 * The sum of the products of two vectors' numbers.
 *
 * @param normalize whether both are brought to length 1 before: the cosine of their angle
 */
public record Dot(boolean normalize) implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        for (int axis : arguments.integers("axes")) {
            if (axis != -1 && axis != 1) {
                throw arguments.unsupported("axes " + axis);
            }
        }
        return new Dot(arguments.flag("normalize", false));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DOT;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("axes", 1).with("normalize", normalize).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        boolean fit = inputs.size() == 2
                && inputs.get(0).equals(inputs.get(1))
                && inputs.get(0).sizes().size() == 1;
        if (!fit) {
            throw UserError.data("two vectors of one size expected, not " + inputs);
        }
        return Shape.of(1);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dot(this);
    }
}
