package cnn.network;

import java.util.List;

/** The maximum or mean of each channel: a map becomes a vector. */
public record GlobalPooling2D(Pooling pooling) implements WeightlessLayer {

    @Override
    public KerasType kerasType() {
        return pooling == Pooling.MAX ? KerasType.GLOBAL_MAX_POOLING2D : KerasType.GLOBAL_AVERAGE_POOLING2D;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Shape.of(Inputs.map(inputs).channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.globalPooling2D(this);
    }
}
