package cnn.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer whose maps have their channels before height and width: what {@code data_format="channels_first"} says in Keras,
 * or an axis of 1.
 *
 * @param layer the same layer with channels last
 */
public record ChannelsFirst(Layer layer) implements Layer {

    /** The norm over the axis that the arguments name, which may be the first of a map. */
    static Layer ifAxisIs(Arguments arguments, Shape input, Layer norm) {
        int axis = arguments.axis("axis", -1, input);
        if (axis == input.sizes().size() - 1) {
            return norm;
        }
        if (axis == 0 && input.isMap()) {
            return new ChannelsFirst(norm);
        }
        throw arguments.unsupported("axis " + (axis + 1));
    }

    /** A map's shape with the channels last; another shape as it is. */
    public static Shape last(Shape shape) {
        List<Integer> sizes = shape.sizes();
        return shape.isMap() ? Shape.of(sizes.get(1), sizes.get(2), sizes.get(0)) : shape;
    }

    private static Shape first(Shape shape) {
        return shape.isMap() ? Shape.of(shape.channels(), shape.height(), shape.width()) : shape;
    }

    @Override
    public KerasType kerasType() {
        return layer.kerasType();
    }

    @Override
    public Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>(layer.arguments());
        arguments.replace("data_format", "channels_first");
        arguments.replace("axis", 1);
        return arguments;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return first(layer.outputShape(inputs.stream().map(ChannelsFirst::last).toList()));
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return layer.weights(last(input));
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        return layer.multiplyAdds(last(input), last(output));
    }

    @Override
    public KernelInitializer kernelInitializer() {
        return layer.kernelInitializer();
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.channelsFirst(this);
    }
}
