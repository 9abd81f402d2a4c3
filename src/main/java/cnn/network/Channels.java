package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Some channels of a map in some order; the operator of Keras that an index in brackets is.
 *
 * @param chosen counted from 0
 */
public record Channels(List<Integer> chosen) implements WeightlessLayer {

    public Channels {
        chosen = List.copyOf(chosen);
    }

    /** Those that Python's {@code start:stop:step} picks, each absent for None. */
    static Layer read(Arguments arguments, Shape input) {
        int channels = input.channels();
        int step = arguments.integer("step", 1);
        if (step == 0) {
            throw arguments.unsupported("step 0");
        }
        int start = within(arguments.integer("start", step > 0 ? 0 : channels - 1), channels, step);
        int stop = arguments.has("stop") ? within(arguments.integer("stop"), channels, step) : step > 0 ? channels : -1;
        List<Integer> chosen = new ArrayList<>();
        for (int c = start; step > 0 ? c < stop : c > stop; c += step) {
            chosen.add(c);
        }
        if (chosen.isEmpty()) {
            throw arguments.unsupported("a choice of no channel");
        }
        return new Channels(chosen);
    }

    /** As Python counts: from the end where negative, and no further than the ends. */
    private static int within(int place, int size, int step) {
        int counted = place < 0 ? place + size : place;
        return step > 0 ? Math.max(0, Math.min(counted, size)) : Math.max(-1, Math.min(counted, size - 1));
    }

    @Override
    public KerasType kerasType() {
        return KerasType.GET_ITEM;
    }

    @Override
    public Map<String, Object> arguments() {
        return Map.of();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        List<Integer> sizes = new ArrayList<>(Inputs.map(inputs).sizes());
        sizes.set(sizes.size() - 1, chosen.size());
        return new Shape(sizes);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.channels(this);
    }
}
