package cnn.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Zeroes the share {@code rate} of its input in training and scales up the rest; does nothing otherwise.
 *
 * @param together whether all numbers of an image are dropped together, as in stochastic depth (Huang et al. 2016)
 */
public record Dropout(double rate, boolean together) implements WeightlessLayer {

    /** Of each number by itself. */
    public Dropout(double rate) {
        this(rate, false);
    }

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("a dropout rate must be at least 0 and below 1, not " + rate);
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        boolean together = arguments.has("noise_shape");
        if (together) {
            List<?> shape = arguments.get("noise_shape") instanceof List<?> sizes ? sizes : List.of();
            boolean ofImages = shape.size() == input.sizes().size() + 1
                    && shape.get(0) == null
                    && shape.stream().skip(1).allMatch(Integer.valueOf(1)::equals);
            if (!ofImages) {
                throw arguments.unsupported("noise_shape " + shape);
            }
        }
        return new Dropout(arguments.number("rate", 0), together);
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DROPOUT;
    }

    /** What of a shape is drawn by itself. */
    public Shape drawn(Shape input) {
        return together ? Shape.of(input.sizes().stream().mapToInt(size -> 1).toArray()) : input;
    }

    /** The rank of what is dropped together is that of a map. */
    @Override
    public Map<String, Object> arguments() {
        ArgumentText text = new ArgumentText().with("rate", rate);
        return (together ? text.with("noise_shape", Arrays.asList(null, 1, 1, 1)) : text.none("noise_shape"))
                .none("seed")
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.dropout(this);
    }
}
