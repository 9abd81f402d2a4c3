package cnn.network;

import java.util.List;

/** The images, or features, that a network takes. */
public record InputLayer(Shape shape) implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return KerasType.INPUT_LAYER;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return shape;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.inputLayer(this);
    }
}
