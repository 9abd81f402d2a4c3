package cnn.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much is tried.
 *
 * @param full as much as the measures ask for; otherwise what takes a quarter of an hour
 * @param folder where all that is made goes; deleted at the end
 */
record Scope(boolean full, long seed, Path folder) {

    int of(int quick, int whole) {
        return full ? whole : quick;
    }

    /** A new folder for a group. */
    Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
