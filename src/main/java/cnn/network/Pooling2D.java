package cnn.network;

import java.util.List;

/** The maximum or mean of each window of each channel. */
public record Pooling2D(Pooling pooling, Window window) implements WeightlessLayer, Windowed {

    @Override
    public KerasType kerasType() {
        return pooling == Pooling.MAX ? KerasType.MAX_POOLING2D : KerasType.AVERAGE_POOLING2D;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        return window.output(input, input.channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.pooling2D(this);
    }
}
