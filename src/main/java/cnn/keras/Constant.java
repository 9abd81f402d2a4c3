package cnn.keras;

import cnn.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A number, or one for each channel, that a function in a model is given.
 *
 * @param values one, or as many as there are channels
 */
record Constant(List<Double> values) {
    static final Constant ZERO = new Constant(List.of(0.0));
    static final Constant ONE = new Constant(List.of(1.0));

    /** @throws UserError if it is anything else, or not finite */
    static Constant of(LayerConfig layer, Object value) {
        List<Double> values = new ArrayList<>();
        Object plain = value instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config
                ? config.get("value") // an array, as Keras 3 writes it
                : value;
        collect(layer, plain, values);
        if (values.isEmpty()) {
            throw UserError.weights("layer %s: a number is missing".formatted(layer.name()));
        }
        return new Constant(List.copyOf(values));
    }

    Constant map(DoubleUnaryOperator function) {
        return new Constant(values.stream().map(function::applyAsDouble).toList());
    }

    /** As the configuration of a layer has it. */
    Object json() {
        return values.size() == 1 ? values.get(0) : values;
    }

    /** Axes in front of the channels' have size 1. */
    private static void collect(LayerConfig layer, Object value, List<Double> values) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            values.add(number.doubleValue());
        } else if (value instanceof List<?> list && list.size() == 1) {
            collect(layer, list.get(0), values);
        } else if (value instanceof List<?> list
                && values.isEmpty()
                && list.stream().allMatch(Number.class::isInstance)) {
            list.forEach(element -> collect(layer, element, values));
        } else {
            throw UserError.weights("layer %s: only numbers, or one for each channel, can be combined with a tensor"
                    .formatted(layer.name()));
        }
    }
}
