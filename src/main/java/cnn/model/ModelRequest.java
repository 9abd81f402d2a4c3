package cnn.model;

import cnn.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Which network the user wants, with which weights.
 *
 * @param name of a network of the zoo or of a bundled model, or the path of a saved or Keras model
 * @param weights a Keras file in place of the published one; for a saved model, the file that its base needs
 * @param randomWeights whether to start from random weights; only ever when asked for
 * @param seed of the random weights
 * @param inputSize another size of input than the weights were trained on
 * @param keras what is said of a Keras file
 */
public record ModelRequest(
        String name,
        Optional<Path> weights,
        boolean randomWeights,
        long seed,
        Optional<InputSize> inputSize,
        KerasRequest keras) {

    /** A request that says nothing of Keras files. */
    public ModelRequest(
            String name, Optional<Path> weights, boolean randomWeights, long seed, Optional<InputSize> inputSize) {
        this(name, weights, randomWeights, seed, inputSize, KerasRequest.NONE);
    }

    /** Height and width in pixels. */
    public record InputSize(int height, int width) {}

    /**
     * The saved model that is asked for, if it is one: one that comes with the tool; or a path, which has a slash in it or
     * ends in .zip, or a file is there and no network has its name.
     */
    public Optional<Path> savedModel() {
        if (keras.file().isPresent()) {
            return Optional.empty();
        }
        Optional<BundledModel> bundled = BundledModel.named(name);
        if (bundled.isPresent()) {
            return Optional.of(bundled.get().file());
        }
        try {
            Path path = Path.of(name);
            boolean isPath = name.contains("/")
                    || name.toLowerCase(Locale.ROOT).endsWith(".zip")
                    || (Files.exists(path) && !Zoo.isName(name));
            return isPath ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
