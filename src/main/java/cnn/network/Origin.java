package cnn.network;

import java.util.Optional;

/**
 * What wrote a config, where that decides what it means.
 *
 * @param generation of Keras: 1, 2 or 3
 * @param backend that Keras computed with, as it names it: tensorflow, torch, jax; empty where nothing tells
 */
public record Origin(int generation, Optional<String> backend) {
    /** Keras 3, with any backend. */
    public static final Origin UNKNOWN = new Origin(3, Optional.empty());

    /**
     * @param kerasVersion for example 2.15.0
     * @param backend see there
     */
    public static Origin of(String kerasVersion, Optional<String> backend) {
        String first = kerasVersion.split("\\.", -1)[0];
        return new Origin(first.equals("1") || first.equals("2") ? Integer.parseInt(first) : 3, backend);
    }
}
