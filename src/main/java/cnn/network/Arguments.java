package cnn.network;

import cnn.Excerpt;
import cnn.UserError;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a layer's {@code config} in Keras says: each argument is asked for with the type that Keras writes, and one that
 * nobody asked for is refused by name. Null is as good as absent. Whatever is wrong is a {@link UserError} of kind WEIGHTS
 * that says where.
 */
public final class Arguments {
    /** Of no meaning for what a network answers once its weights are there. */
    private static final Pattern PASSED_OVER = Pattern.compile(
            "name|trainable|dtype|batch_input_shape|batch_shape|seed|sparse|ragged|synchronized|autocast|fused"
                    + "|.*_(initializer|regularizer|constraint)");

    private final String layer;
    private final Map<?, ?> values;
    private final Origin origin;
    private final Set<String> asked = new HashSet<>();

    /** @param layer its name */
    public Arguments(String layer, Map<?, ?> values, Origin origin) {
        this.layer = layer;
        this.values = values;
        this.origin = origin;
    }

    Origin origin() {
        return origin;
    }

    boolean has(String name) {
        asked.add(name);
        return values.get(name) != null;
    }

    Object get(String name) {
        if (!has(name)) {
            throw UserError.weights(
                    "layer %s: '%s' is missing among %s".formatted(layer, name, Excerpt.of(values.keySet())));
        }
        return values.get(name);
    }

    int integer(String name) {
        return integer(name, get(name));
    }

    int integer(String name, int otherwise) {
        return has(name) ? integer(name) : otherwise;
    }

    /** A finite number. */
    double number(String name, double otherwise) {
        return has(name) ? number(name, get(name)) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "true or false", get(name));
    }

    String text(String name, String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text", get(name));
    }

    /** Two integers: {@code [3, 3]}, or {@code 3} for both; {@code otherwise} twice if absent. */
    int[] pair(String name, int otherwise) {
        if (!has(name)) {
            return new int[] {otherwise, otherwise};
        }
        return get(name) instanceof List<?> list ? pair(name, list) : new int[] {integer(name), integer(name)};
    }

    /** Cells on each side: {@code [[top, bottom], [left, right]]}, {@code [vertical, horizontal]}, or one number for all. */
    Pads pads(String name) {
        if (get(name) instanceof List<?> sides && sides.size() == 2 && sides.get(0) instanceof List<?>) {
            int[] rows = pair(name, sides.get(0));
            int[] columns = pair(name, sides.get(1));
            return new Pads(rows[0], rows[1], columns[0], columns[1]);
        }
        int[] same = pair(name, 0);
        return new Pads(same[0], same[0], same[1], same[1]);
    }

    /** One integer, or a list of them. */
    int[] integers(String name) {
        return get(name) instanceof List<?> list
                ? list.stream().mapToInt(value -> integer(name, value)).toArray()
                : new int[] {integer(name)};
    }

    /** One finite number, or lists of them in each other, row by row. */
    double[] numbers(String name) {
        return numbers(name, get(name)).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private List<Double> numbers(String name, Object value) {
        return value instanceof List<?> list
                ? list.stream().flatMap(part -> numbers(name, part).stream()).toList()
                : List.of(number(name, value));
    }

    /** An axis as Keras counts it, the batch being 0, or from the end, as a place in the shape. */
    int axis(String name, int otherwise, Shape input) {
        int[] axes = has(name) ? integers(name) : new int[] {otherwise};
        if (axes.length != 1) {
            throw wrong(name, "a whole number", get(name));
        }
        int axis = axes[0];
        int rank = input.sizes().size();
        int place = axis < 0 ? axis + rank : axis - 1;
        if (place < 0 || place >= rank) {
            throw unsupported(name + " " + axis);
        }
        return place;
    }

    Window window(String kernel) {
        int[] size = pair(kernel, 1);
        int[] strides = pair("strides", 1);
        int[] dilation = pair("dilation_rate", 1);
        return new Window(size[0], size[1], strides[0], strides[1], dilation[0], dilation[1], padding());
    }

    Padding padding() {
        String padding = text("padding", "valid");
        return switch (padding) {
            case "same" -> Padding.SAME;
            case "valid" -> Padding.VALID;
            default -> throw unsupported("padding " + Excerpt.of(padding));
        };
    }

    ActivationFunction activation() {
        if (has("activation") && get("activation") instanceof Map<?, ?> layerAsFunction) {
            return Activation.ofLayer(layer, layerAsFunction, origin);
        }
        String function = text("activation", "linear");
        if (origin.generation() < 3 && function.equals(ActivationFunction.HARD_SIGMOID.name())) {
            return ActivationFunction.HARD_SIGMOID_OF_KERAS_2;
        }
        return ActivationFunction.named(function).orElseThrow(() -> unsupported("activation " + Excerpt.of(function)));
    }

    /** Of no meaning for a network whose weights are read; one that is not known here counts as the default. */
    KernelInitializer initializer(String name) {
        return KernelInitializer.read(values.get(name)).orElse(KernelInitializer.GLOROT_UNIFORM);
    }

    /** Whether channels come before height and width. */
    boolean channelsFirst() {
        String format = text("data_format", "channels_last");
        if (!format.equals("channels_first") && !format.equals("channels_last")) {
            throw unsupported("data_format " + Excerpt.of(format));
        }
        return format.equals("channels_first");
    }

    /** Refuses an argument that has another value than this one, which it has in Keras if absent. */
    void require(String name, Object only) {
        if (has(name) && !get(name).equals(only)) {
            throw unsupported(name + " " + Excerpt.of(get(name)));
        }
    }

    /** Lets arguments be that have no meaning here. */
    void passOver(String... names) {
        asked.addAll(List.of(names));
    }

    /** All of them as they are. */
    Map<?, ?> all() {
        return values;
    }

    /** Refuses what nobody asked for. */
    void end() {
        for (Map.Entry<?, ?> argument : values.entrySet()) {
            String name = String.valueOf(argument.getKey());
            if (argument.getValue() != null
                    && !asked.contains(name)
                    && !PASSED_OVER.matcher(name).matches()) {
                throw unsupported("argument " + Excerpt.of(name));
            }
        }
    }

    UserError unsupported(String what) {
        return UserError.weights("layer %s: %s is not supported".formatted(layer, what));
    }

    private int[] pair(String name, Object value) {
        if (value instanceof List<?> list && list.size() == 2) {
            return new int[] {integer(name, list.get(0)), integer(name, list.get(1))};
        }
        throw wrong(name, "two whole numbers", value);
    }

    /** A whole number, which may be written as 3.0. */
    private int integer(String name, Object value) {
        return wholeNumber(value).orElseThrow(() -> wrong(name, "a whole number", value));
    }

    /** A value as a whole number, if it is one that an {@code int} holds; 3.0 is. */
    public static Optional<Integer> wholeNumber(Object value) {
        boolean whole = value instanceof Number number
                && !(value instanceof BigInteger)
                && number.doubleValue() == Math.rint(number.doubleValue())
                && Math.abs(number.doubleValue()) <= Integer.MAX_VALUE;
        return whole ? Optional.of(((Number) value).intValue()) : Optional.empty();
    }

    private double number(String name, Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(name, "a number", value);
    }

    private UserError wrong(String name, String expected, Object found) {
        return UserError.weights(
                "layer %s, %s: %s expected, not %s".formatted(layer, name, expected, Excerpt.of(found)));
    }
}
