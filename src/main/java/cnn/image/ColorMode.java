package cnn.image;

import cnn.Excerpt;
import java.util.Arrays;
import java.util.Locale;

/** The {@code color_mode} of Keras's {@code load_img}. */
public enum ColorMode {
    RGB,
    /** Pillow's {@code convert("L")}, before the picture is resized; a network of three colours sees the grey in each. */
    GRAYSCALE;

    /** The name on the command line and in saved models. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if none has that id */
    public static ColorMode of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no color mode is named " + Excerpt.of(id)));
    }
}
