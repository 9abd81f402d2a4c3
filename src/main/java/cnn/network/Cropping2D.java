package cnn.network;

import cnn.UserError;
import java.util.List;
import java.util.Map;

/** A feature map without the cells at its sides. */
public record Cropping2D(Pads sides) implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        return new Cropping2D(arguments.pads("cropping"));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.CROPPING2D;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().pads("cropping", sides).dataFormat().map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        int height = input.height() - Math.addExact(sides.top(), sides.bottom());
        int width = input.width() - Math.addExact(sides.left(), sides.right());
        if (Math.min(height, width) < 1) {
            throw UserError.data("nothing is left of %s; give a larger input size".formatted(input));
        }
        return Shape.of(height, width, input.channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.cropping2D(this);
    }
}
