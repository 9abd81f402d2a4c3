package cnn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Zeroes the share {@code rate} of its input in training and scales up the rest; does nothing otherwise.
 *
 * @param together the number of axes of an image if all its numbers are dropped together, as in stochastic depth (Huang et
 *     al. 2016); else 0
 */
public record Dropout(double rate, int together) implements WeightlessLayer {

    /** Of each number by itself. */
    public Dropout(double rate) {
        this(rate, 0);
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
        return new Dropout(arguments.number("rate", 0), together ? input.sizes().size() : 0);
    }

    @Override
    public KerasType kerasType() {
        return KerasType.DROPOUT;
    }

    /** What of a shape is drawn by itself. */
    public Shape drawn(Shape input) {
        return together > 0
                ? Shape.of(input.sizes().stream().mapToInt(size -> 1).toArray())
                : input;
    }

    @Override
    public Map<String, Object> arguments() {
        List<Integer> shape = new ArrayList<>(Collections.nCopies(together + 1, 1));
        shape.set(0, null);
        return new ArgumentText()
                .with("rate", rate)
                .with("noise_shape", together > 0 ? shape : null)
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
