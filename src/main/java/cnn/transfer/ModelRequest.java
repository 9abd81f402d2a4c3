package cnn.transfer;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which network the user wants, with which weights.
 *
 * @param name of a network of the zoo
 * @param weights a Keras file in place of the published one
 * @param randomWeights whether to start from random weights; only ever when asked for
 * @param seed of the random weights
 * @param inputSize another size of input than the weights were trained on
 */
public record ModelRequest(
        String name, Optional<Path> weights, boolean randomWeights, long seed, Optional<InputSize> inputSize) {

    /** Height and width in pixels. */
    public record InputSize(int height, int width) {}
}
