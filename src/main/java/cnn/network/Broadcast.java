package cnn.network;

import cnn.UserError;
import java.util.ArrayList;
import java.util.List;

/** Values of different shapes taken together number by number: what has one place along an axis is the same at all. */
public final class Broadcast {

    private Broadcast() {}

    /** The shape of the result; a shape with fewer axes lacks the first, as in Keras's merging layers. */
    public static Shape of(List<Shape> inputs) {
        if (inputs.size() < 2) {
            throw UserError.data("two or more inputs expected, not " + inputs.size());
        }
        return inputs.stream().reduce((left, right) -> of(left, right, inputs)).orElseThrow();
    }

    private static Shape of(Shape left, Shape right, List<Shape> all) {
        int rank = Math.max(left.sizes().size(), right.sizes().size());
        List<Integer> first = padded(left, rank).sizes();
        List<Integer> second = padded(right, rank).sizes();
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            int size = Math.max(first.get(i), second.get(i));
            if (Math.min(first.get(i), second.get(i)) != size && Math.min(first.get(i), second.get(i)) != 1) {
                throw UserError.data("values of different sizes cannot be taken together: " + all);
            }
            sizes.add(size);
        }
        return new Shape(sizes);
    }

    /** The same values with axes of size 1 in front, so that there are {@code rank}. */
    public static Shape padded(Shape shape, int rank) {
        List<Integer> sizes = new ArrayList<>(shape.sizes());
        while (sizes.size() < rank) {
            sizes.add(0, 1);
        }
        return new Shape(sizes);
    }
}
