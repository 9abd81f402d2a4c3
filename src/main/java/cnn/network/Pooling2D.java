package cnn.network;

import java.util.List;

/** The maximum or mean of each window of each channel. */
public record Pooling2D(Pooling pooling, Window window) implements Layer {

    @Override
    public String kerasType() {
        return pooling == Pooling.MAX ? "MaxPooling2D" : "AveragePooling2D";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        return window.output(input, input.channels());
    }
}
