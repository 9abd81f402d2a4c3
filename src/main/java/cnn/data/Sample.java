package cnn.data;

import cnn.files.Sha256;
import java.nio.file.Path;

/**
 * An image and what it shows.
 *
 * @param label index of its class
 * @param content hash of the file's bytes
 */
public record Sample(Path path, int label, Sha256 content) {}
