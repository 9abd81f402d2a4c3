package cnn.network;

import cnn.UserError;
import java.util.List;

/** Feature maps of one height and width, one behind the other along the channels. */
public record Concatenate() implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return KerasType.CONCATENATE;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw UserError.data("a concatenation needs inputs");
        }
        Shape first = inputs.get(0);
        boolean fit = first.isMap()
                && inputs.stream()
                        .allMatch(shape ->
                                shape.isMap() && shape.height() == first.height() && shape.width() == first.width());
        if (!fit) {
            throw UserError.data("maps of different height or width cannot be concatenated: " + inputs);
        }
        return Shape.of(
                first.height(),
                first.width(),
                inputs.stream().map(Shape::channels).reduce(0, Math::addExact));
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.concatenate(this);
    }
}
