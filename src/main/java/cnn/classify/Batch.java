package cnn.classify;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Some inputs in order, and the prepared images of those that could be read.
 *
 * @param nhwc the images one behind the other, valid until the next batch is asked for
 * @param images how many there are; the n-th of them belongs to the n-th entry without a failure
 */
public record Batch(List<Entry> entries, FloatBuffer nhwc, int images) {

    /** An input, and why it is not among the images, if it is not. */
    public record Entry(String input, Optional<Failure> failure) {}
}
