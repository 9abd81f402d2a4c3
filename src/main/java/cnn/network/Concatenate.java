package cnn.network;

import cnn.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values of one shape but for one axis, one behind the other along that.
 *
 * @param axis as Keras counts it, the batch being 0, or from the end
 */
public record Concatenate(int axis) implements WeightlessLayer {

    /** Along the channels. */
    public Concatenate() {
        this(-1);
    }

    static Layer read(Arguments arguments, Shape input) {
        arguments.axis("axis", -1, input);
        return new Concatenate(arguments.integer("axis", -1));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.CONCATENATE;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText().with("axis", axis).map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw UserError.data("a concatenation needs inputs");
        }
        List<Integer> sizes = new ArrayList<>(inputs.get(0).sizes());
        int place = place(sizes.size());
        sizes.set(place, 0);
        for (Shape input : inputs) {
            List<Integer> others = new ArrayList<>(input.sizes());
            int size = others.size() == sizes.size() ? others.set(place, sizes.get(place)) : 0;
            if (!others.equals(sizes)) {
                throw UserError.data("values of different sizes cannot be concatenated: " + inputs);
            }
            sizes.set(place, Math.addExact(sizes.get(place), size));
        }
        return new Shape(sizes);
    }

    /** The axis as a place in a shape of so many sizes. */
    public int place(int rank) {
        return axis < 0 ? axis + rank : axis - 1;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.concatenate(this);
    }
}
