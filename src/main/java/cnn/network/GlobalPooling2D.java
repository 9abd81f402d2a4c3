package cnn.network;

import java.util.List;
import java.util.Map;

/**
 * The maximum or mean of each channel: a map becomes a vector.
 *
 * @param keepDimensions whether it becomes a map of one cell instead
 */
public record GlobalPooling2D(Pooling pooling, boolean keepDimensions) implements WeightlessLayer {

    public GlobalPooling2D(Pooling pooling) {
        this(pooling, false);
    }

    static Layer read(Pooling pooling, Arguments arguments) {
        return new GlobalPooling2D(pooling, arguments.flag("keepdims", false));
    }

    @Override
    public KerasType kerasType() {
        return pooling == Pooling.MAX ? KerasType.GLOBAL_MAX_POOLING2D : KerasType.GLOBAL_AVERAGE_POOLING2D;
    }

    @Override
    public Map<String, Object> arguments() {
        ArgumentText text = new ArgumentText().dataFormat();
        return (keepDimensions ? text.with("keepdims", true) : text).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        int channels = Inputs.map(inputs).channels();
        return keepDimensions ? Shape.of(1, 1, channels) : Shape.of(channels);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.globalPooling2D(this);
    }
}
