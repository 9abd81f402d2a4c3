package cnn.data;

import cnn.files.FileNames;
import cnn.image.ImageDecoder;
import cnn.image.ImageException;
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

    /** The image in a file. */
    public static ImageInput of(Path path) {
        return file(FileNames.of(path), path);
    }

    /**
     * The content of the image's file: the one place where an image's bytes come from.
     *
     * @throws ImageException if there is none, it cannot be read, or is no image
     */
    public byte[] encoded() throws ImageException {
        if (path.isEmpty()) {
            throw ImageException.notFound(problem.orElse("no such file"));
        }
        return ImageDecoder.encoded(path.get());
    }

    static ImageInput failed(String given, String problem) {
        return new ImageInput(given, Optional.empty(), Optional.of(problem));
    }
}
