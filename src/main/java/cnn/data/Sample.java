package cnn.data;

import cnn.files.Sha256;
import java.nio.file.Path;

/**
 * An image and what it shows.
 *
 * @param content hash of the file's bytes
 */
public record Sample(ImageInput image, Target target, Sha256 content) {

    /** Where the image lies. */
    public Path path() {
        return image.path().orElseThrow();
    }
}
