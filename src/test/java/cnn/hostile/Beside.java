package cnn.hostile;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real files beside the project that join the corpus where they are present. */
final class Beside {
    private static final Path SHARED = Path.of("..", "shared");

    private Beside() {}

    static Path folder(String name) {
        return SHARED.resolve(name);
    }

    /** What the campaign's first lines say about them. */
    static String told() {
        return Files.isDirectory(SHARED)
                ? "the photographs and Keras files in %s join the corpus".formatted(SHARED)
                : "there is no %s: the corpus is made of the project's own files only".formatted(SHARED);
    }
}
