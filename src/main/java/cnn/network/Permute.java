package cnn.network;

import cnn.UserError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The axes in another order.
 *
 * @param dims for each axis of the result that of the input, counted as Keras does from 1
 */
public record Permute(List<Integer> dims) implements WeightlessLayer {

    public Permute {
        dims = List.copyOf(dims);
        if (!dims.stream()
                .sorted()
                .toList()
                .equals(IntStream.rangeClosed(1, dims.size()).boxed().toList())) {
            throw new IllegalArgumentException("no order of axes: " + dims);
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        return new Permute(Arrays.stream(arguments.integers("dims")).boxed().toList());
    }

    @Override
    public KerasType kerasType() {
        return KerasType.PERMUTE;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("dims", dims).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(inputs);
        if (input.sizes().size() != dims.size()) {
            throw UserError.data("the axes %s are not those of %s".formatted(dims, input));
        }
        List<Integer> sizes = new ArrayList<>();
        dims.forEach(axis -> sizes.add(input.sizes().get(axis - 1)));
        return new Shape(sizes);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.permute(this);
    }
}
