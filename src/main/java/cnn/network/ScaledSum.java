package cnn.network;

import cnn.UserError;
import java.util.List;
import java.util.Map;

/** The first input plus the second times a scale, as Inception-ResNet has it. */
public record ScaledSum(double scale) implements WeightlessLayer {

    static Layer read(Arguments arguments, Shape input) {
        return new ScaledSum(arguments.number("scale", 1));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.CUSTOM_SCALE_LAYER;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("scale", scale).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2 || !inputs.get(0).equals(inputs.get(1))) {
            throw UserError.data("two inputs of one shape expected, not " + inputs);
        }
        return inputs.get(0);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.scaledSum(this);
    }
}
