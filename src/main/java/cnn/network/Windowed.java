package cnn.network;

import java.util.Optional;

/** A layer whose window slides over a feature map. */
interface Windowed {

    Window window();

    /** What the last windows of rows and columns do not reach of {@code input}, in words; empty if the stride fits. */
    default Optional<String> leftOver(Shape input) {
        return window().leftOver(input);
    }
}
