package cnn.network;

import java.util.List;

/** Zeroes the share {@code rate} of its input in training and scales up the rest; does nothing otherwise. */
public record Dropout(double rate) implements WeightlessLayer {

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate must be at least 0 and below 1, not " + rate);
        }
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DROPOUT;
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
