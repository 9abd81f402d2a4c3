package cnn.network;

import java.util.List;
import java.util.Map;

/** The maximum or mean of each window of each channel. */
public record Pooling2D(Pooling pooling, Window window) implements WeightlessLayer, Windowed {

    static Pooling2D read(Pooling pooling, Arguments arguments) {
        int[] size = arguments.pair("pool_size", 2);
        int[] strides = arguments.has("strides") ? arguments.pair("strides", 1) : size;
        return new Pooling2D(pooling, new Window(size[0], size[1], strides[0], strides[1], 1, 1, arguments.padding()));
    }

    @Override
    public KerasType kerasType() {
        return pooling == Pooling.MAX ? KerasType.MAX_POOLING2D : KerasType.AVERAGE_POOLING2D;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("pool_size", List.of(window.kernelHeight(), window.kernelWidth()))
                .strides(window)
                .dataFormat()
                .map();
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
