package cnn.network;

import java.util.List;

/** Zeroes the share {@code rate} of its input in training and scales up the rest; does nothing otherwise. */
public record Dropout(double rate) implements Layer {

    @Override
    public String kerasType() {
        return "Dropout";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }
}
