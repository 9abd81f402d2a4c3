package cnn.network;

import java.util.List;

/** Zeroes the share {@code rate} of its input in training and scales up the rest; does nothing otherwise. */
public record Dropout(double rate) implements WeightlessLayer {

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
