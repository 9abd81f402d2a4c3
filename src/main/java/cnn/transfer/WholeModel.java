package cnn.transfer;

import cnn.network.Weights;
import cnn.zoo.WeightStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A saved model with the weights of all its layers: the tail's from its file, the base's from the published one.
 *
 * @param weights of every node of the model's network; valid until this is closed
 * @param identity of all weights: equal text, equal numbers
 * @param files what is to be closed with this
 */
public record WholeModel(SavedModel model, Weights weights, String identity, LoadedModel.Source files)
        implements AutoCloseable {

    /**
     * @param baseWeights the base's weights where they are not where the store looks
     * @throws cnn.UserError of kind WEIGHTS if the model is damaged, or the base's weights are missing or not those that it
     *     was trained on
     */
    public static WholeModel open(WeightStore store, Path file, Optional<Path> baseWeights) {
        throw new UnsupportedOperationException("not there yet: " + store + file + baseWeights);
    }

    @Override
    public void close() {
        files.close();
    }
}
