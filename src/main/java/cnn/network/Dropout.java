package cnn.network;

import java.util.List;
import java.util.Map;

/** Zeroes the share {@code rate} of its input in training and scales up the rest; does nothing otherwise. */
public record Dropout(double rate) implements WeightlessLayer {

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate must be at least 0 and below 1, not " + rate);
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        return new Dropout(arguments.number("rate", 0));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DROPOUT;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("rate", rate).none("noise_shape", "seed").map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dropout(this);
    }
}
