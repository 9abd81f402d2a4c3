package cnn.model;

import cnn.zoo.Preprocessing;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user says of a file that Keras saved, of which it may not say enough itself.
 *
 * @param file whole model that {@code -m} names
 * @param anyNetwork whether a whole model may be named by {@code --weights}, because {@code -m} names no network
 * @param scale how pixels are scaled
 * @param lastLayer what its last layer gives
 * @param outputLayer which output to take of several
 * @param labels a file with the names of its classes
 */
public record KerasRequest(
        Optional<Path> file,
        boolean anyNetwork,
        Optional<Preprocessing> scale,
        Optional<LastLayer> lastLayer,
        Optional<String> outputLayer,
        Optional<Path> labels) {

    /** Nothing. */
    public static final KerasRequest NONE = new KerasRequest(
            Optional.empty(), false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
