package cnn.model;

import cnn.network.Network;
import cnn.network.Weights;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.util.Optional;

/**
 * A whole network and where its weights are, and what these demand.
 *
 * @param name as rows of results name it
 * @param weights of all its nodes; valid until this is closed
 * @param labels the classes of the output
 * @param identity of the weights: equal text, equal numbers
 * @param saved how it was trained, if it is a saved model
 * @param source of the weights; closed with this
 */
public record WeightedNetwork(
        String name,
        Network network,
        Weights weights,
        Preprocessing preprocessing,
        Labels labels,
        String identity,
        Optional<SavedModel> saved,
        LoadedModel.Source source)
        implements AutoCloseable {

    @Override
    public void close() {
        source.close();
    }
}
