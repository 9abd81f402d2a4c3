package cnn.transfer;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;

/**
 * A network with its weights, ready to look at images, and what its weights demand.
 *
 * @param name as rows of results name it
 * @param pass computes the network's output; closed with this
 * @param labels the classes of the output
 */
public record LoadedModel(String name, Network network, ForwardPass pass, Preprocessing preprocessing, Labels labels)
        implements AutoCloseable {

    @Override
    public void close() {
        pass.close();
    }
}
