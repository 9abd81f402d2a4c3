package cnn.keras;

import java.util.Optional;

/**
 * The Keras that wrote a file, or as which one is written.
 *
 * @param version for example 3.8.0
 * @param backend that it computes with, as it names it; empty where that makes no difference, or nothing tells
 */
public record KerasVersion(String version, Optional<String> backend) {

    /** The oldest Keras 3 that is written for; later ones read what it wrote. */
    public static final KerasVersion OLDEST = new KerasVersion("3.3.3", Optional.empty());

    /** The Keras as which a model out of a file is written again. */
    static KerasVersion of(FileNotes notes) {
        Optional<String> version =
                notes.kerasVersion().filter(known -> notes.origin().generation() >= 3);
        return new KerasVersion(version.orElse(OLDEST.version()), notes.backend());
    }
}
