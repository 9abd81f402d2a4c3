package cnn.train;

import cnn.model.LoadedModel;
import cnn.model.SavedModel;
import cnn.network.BatchNormalization;
import cnn.network.Dropout;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.zoo.Preprocessing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What training starts from: a base of known weights with a new head on it, a saved model, or a network with random weights.
 *
 * @param network all of it
 * @param base where the base's weights are; empty for a network that is trained from scratch
 * @param baseLayers the base's layers in Keras's order, the input layer first; empty for a network from scratch
 * @param saved the model that is trained further, if it is one
 * @param weights of all layers, valid until this is closed
 * @param identity of the base's weights: equal text, equal numbers below the head
 * @param files what is to be closed with this
 */
public record StartingModel(
        Network network,
        Optional<SavedModel.Base> base,
        List<String> baseLayers,
        Optional<SavedModel> saved,
        Weights weights,
        String identity,
        Preprocessing preprocessing,
        LoadedModel.Source files)
        implements AutoCloseable {

    public StartingModel {
        baseLayers = List.copyOf(baseLayers);
    }

    /** The layers whose weights an earlier training changed. */
    Set<String> trained() {
        return saved.map(model -> Set.copyOf(model.trained())).orElse(Set.of());
    }

    /** The layers of the head that have weights; of a network from scratch all that have. */
    public Set<String> head() {
        return headWith(List.of());
    }

    /** The layers with weights among the head's and some of the base's. */
    public Set<String> headWith(List<String> unfrozen) {
        return network.nodes().stream()
                .filter(node -> !baseLayers.contains(node.name()) || unfrozen.contains(node.name()))
                .filter(node -> !node.weights().isEmpty())
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    /**
     * The layer up to which nothing changes when some layers are trained, so that one computation per image does. Dropout in
     * the head lies above it.
     */
    String cutForTraining(Set<String> trainable) {
        Set<String> above = new HashSet<>(trainable);
        headNodes().stream()
                .filter(node -> node.layer() instanceof Dropout)
                .map(Node::name)
                .forEach(above::add);
        return network.cutBelow(above);
    }

    /** The layer up to which a model has the base's own weights: head and trained layers lie above it. */
    String cutForSaving(Set<String> trainable) {
        Set<String> above = new HashSet<>(trainable);
        headNodes().stream().map(Node::name).forEach(above::add);
        return base.isEmpty() ? network.input().name() : network.cutBelow(above);
    }

    /** Batch norms that learn from the batch: the head's. Those of a base keep their statistics. */
    Set<String> batchStatistics() {
        return headNodes().stream()
                .filter(node -> node.layer() instanceof BatchNormalization)
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    private List<Node> headNodes() {
        return network.nodes().stream()
                .filter(node -> !baseLayers.contains(node.name()))
                .toList();
    }

    @Override
    public void close() {
        files.close();
    }
}
