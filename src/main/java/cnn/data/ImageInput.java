package cnn.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One image to look at.
 *
 * @param given the path in the words of the user: as typed, or a folder as typed and the rest found below it
 * @param path where it lies; absent where {@code given} cannot be a path
 * @param problem why there is nothing to decode, where that is known already
 */
public record ImageInput(String given, Optional<Path> path, Optional<String> problem) {

    static ImageInput file(String given, Path path) {
        return new ImageInput(given, Optional.of(path), Optional.empty());
    }

    static ImageInput failed(String given, String problem) {
        return new ImageInput(given, Optional.empty(), Optional.of(problem));
    }
}
