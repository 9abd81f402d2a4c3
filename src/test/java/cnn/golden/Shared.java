package cnn.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Files beside the project that tests use where they are present. */
public final class Shared {
    private static final Path FOLDER = Path.of("..", "shared");

    private Shared() {}

    /** The file or folder of that name under ../shared; where it is absent, the test that asks for it is skipped. */
    public static Path path(String name) {
        Path path = FOLDER.resolve(name);
        assumeTrue(Files.exists(path), () -> "needs " + path);
        return path;
    }
}
