package cnn.model;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.util.Optional;

/**
 * A network with its weights, ready to look at images, and what its weights demand.
 *
 * @param name as rows of results name it
 * @param pass computes the network's output; closed with this
 * @param labels the classes of the output
 * @param identity of weights and arithmetic: equal text, equal numbers
 * @param saved how it was trained, if it is a saved model
 * @param source where the pass may read weights at any time; closed with this
 */
public record LoadedModel(
        String name,
        Network network,
        ForwardPass pass,
        Preprocessing preprocessing,
        Labels labels,
        String identity,
        Optional<SavedModel> saved,
        Source source)
        implements AutoCloseable {

    /** What is to be closed when nothing reads weights any more. */
    @FunctionalInterface
    public interface Source extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public void close() {
        pass.close();
        source.close();
    }
}
