package cnn.network;

import java.util.List;

/** The images, or features, that a network takes. */
public record InputLayer(Shape shape) implements Layer {

    @Override
    public String kerasType() {
        return "InputLayer";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return shape;
    }
}
