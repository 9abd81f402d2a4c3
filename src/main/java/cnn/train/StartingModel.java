package cnn.train;

import cnn.model.Model;
import cnn.model.SavedModel;
import cnn.network.BatchNormalization;
import cnn.network.Dropout;
import cnn.network.Network;
import cnn.network.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What training starts from: a base of known weights with a new head on it, a saved model, or a network with random weights.
 *
 * @param model all of it; closed with this
 * @param base where the base's weights are; empty for a network that is trained from scratch
 * @param baseLayers the base's layers in Keras's order, the input layer first; empty for a network from scratch
 * @param newHead whether its head knows nothing yet
 * @param classChange in what the data's classes are not those of the model that was trained before, if they are not
 */
public record StartingModel(
        Model model,
        Optional<SavedModel.Base> base,
        List<String> baseLayers,
        boolean newHead,
        Optional<ClassChange> classChange)
        implements AutoCloseable {

    public StartingModel {
        baseLayers = List.copyOf(baseLayers);
    }

    /** One that was made for the classes of the data. */
    public StartingModel(Model model, Optional<SavedModel.Base> base, List<String> baseLayers, boolean newHead) {
        this(model, base, baseLayers, newHead, Optional.empty());
    }

    Network network() {
        return model.network();
    }

    /** The model that is trained further, or that the base is of, if it is a saved one. */
    Optional<SavedModel> saved() {
        return model.saved();
    }

    /** The layers whose weights an earlier training changed. */
    Set<String> trained() {
        return saved().stream()
                .flatMap(before -> before.trained().stream())
                .filter(layer -> !newHead || baseLayers.contains(layer))
                .collect(Collectors.toSet());
    }

    /** The layers of the head that have weights; of a network from scratch all that have. */
    public Set<String> head() {
        return headWith(List.of());
    }

    /** The layers that learn other classes: the head's, or of a network that has no base the last alone. */
    Set<String> headForClasses() {
        return baseLayers.isEmpty() ? Set.of(network().output().name()) : head();
    }

    /** The layers with weights among the head's and some of the base's. */
    public Set<String> headWith(List<String> unfrozen) {
        return network().nodes().stream()
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
        return network().cutBelow(above);
    }

    /** The layer up to which a model has the base's own weights: head and trained layers lie above it. */
    String cutForSaving(Set<String> trainable) {
        Set<String> above = new HashSet<>(trainable);
        headNodes().stream().map(Node::name).forEach(above::add);
        return base.isEmpty() ? network().input().name() : network().cutBelow(above);
    }

    /** Batch norms of the head, and among some layers of the base. */
    Set<String> batchNorms(List<String> unfrozen) {
        return network().nodes().stream()
                .filter(node -> !baseLayers.contains(node.name()) || unfrozen.contains(node.name()))
                .filter(node -> node.layer() instanceof BatchNormalization)
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    private List<Node> headNodes() {
        return network().nodes().stream()
                .filter(node -> !baseLayers.contains(node.name()))
                .toList();
    }

    @Override
    public void close() {
        model.close();
    }
}
