package cnn.keras;

import java.util.Locale;

/** Names of classes as Keras's {@code naming.py} writes them: {@code conv2d} for Conv2D, {@code re_lu} for ReLU. */
final class SnakeCase {
    private SnakeCase() {}

    static String of(String className) {
        return className
                .replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
