package cnn.network;

import java.util.List;

/** The maximum or mean of each channel: a map becomes a vector. */
public record GlobalPooling2D(Pooling pooling) implements Layer {

    @Override
    public String kerasType() {
        return pooling == Pooling.MAX ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Shape.of(Inputs.map(inputs).channels());
    }
}
