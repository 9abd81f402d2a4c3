package cnn.model;

import java.util.List;

/**
 * How much of a network is wanted.
 *
 * @param whole all of it, with the layers that turn features into classes
 * @param layers else up to these layers; if none, the base: what Keras's {@code include_top=False} gives, or of a model that
 *     somebody trained what its head takes
 */
public record Part(boolean whole, List<String> layers) {
    /** All layers. */
    public static final Part WHOLE = new Part(true, List.of());

    /** Without the layers that turn features into classes. */
    public static final Part BASE = new Part(false, List.of());

    public Part {
        layers = List.copyOf(layers);
    }

    /** As much as is needed for the outputs of some layers; the base if none is named. */
    public static Part upTo(List<String> layers) {
        return new Part(false, layers);
    }
}
