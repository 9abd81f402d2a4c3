package cnn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind the name of a spelled layer, taken piece by piece: numbers in their order, flags in any. All methods
 * throw {@link IllegalArgumentException} where something else stands there.
 */
final class LayerFields {
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,4}");
    private static final Pattern SHARE = Pattern.compile("0?\\.\\d{1,9}|0");
    private static final Pattern WINDOW = Pattern.compile("([1-9]\\d{0,2})(?:x([1-9]\\d{0,2}))?(?:/([1-9]\\d{0,2}))?");

    private final String name;
    private final List<String> rest;

    LayerFields(String word) {
        List<String> fields = Arrays.asList(word.split(":", -1));
        this.name = fields.get(0);
        this.rest = new ArrayList<>(fields.subList(1, fields.size()));
    }

    String name() {
        return name;
    }

    int number() {
        return Integer.parseInt(next(NUMBER).group());
    }

    /** At least 0 and below 1. */
    double share() {
        return Double.parseDouble(next(SHARE).group());
    }

    /** {@code KERNEL[/STRIDE]}, and the flag {@code same} or {@code valid}, which is Keras's default. */
    Window window(boolean strideIsKernel) {
        Matcher window = next(WINDOW);
        int height = Integer.parseInt(window.group(1));
        int width = window.group(2) == null ? height : Integer.parseInt(window.group(2));
        Padding padding = rest.remove("same") ? Padding.SAME : Padding.VALID;
        if (padding == Padding.VALID) {
            rest.remove("valid");
        }
        if (window.group(3) != null) {
            return Window.of(height, width, Integer.parseInt(window.group(3)), padding);
        }
        return strideIsKernel
                ? new Window(height, width, height, width, 1, 1, padding)
                : Window.of(height, width, 1, padding);
    }

    /** The flag that names an activation; linear if there is none. */
    ActivationFunction activation() {
        for (String field : rest) {
            Optional<ActivationFunction> function = ActivationFunction.named(field);
            if (function.isPresent()) {
                rest.remove(field);
                return function.get();
            }
        }
        return ActivationFunction.LINEAR;
    }

    /** The activation whose name stands in the place of a layer's. */
    Optional<ActivationFunction> nameAsActivation() {
        return ActivationFunction.named(name).filter(function -> !function.equals(ActivationFunction.LINEAR));
    }

    void end() {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("not understood: " + rest);
        }
    }

    private Matcher next(Pattern pattern) {
        Matcher field = pattern.matcher(rest.isEmpty() ? "" : rest.remove(0));
        if (!field.matches()) {
            throw new IllegalArgumentException("something else expected");
        }
        return field;
    }
}
