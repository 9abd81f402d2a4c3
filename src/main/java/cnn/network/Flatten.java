package cnn.network;

import java.util.List;

/** A feature map as a vector, row by row, channels innermost. */
public record Flatten() implements Layer {

    @Override
    public String kerasType() {
        return "Flatten";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Shape.of(Math.toIntExact(Inputs.single(inputs).elements()));
    }
}
