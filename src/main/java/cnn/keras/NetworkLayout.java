package cnn.keras;

import cnn.keras.KerasWeights.Slot;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A network, and how its weights are grouped in a file: one group per layer, one in the other as models are nested.
 *
 * @param groups in the order of the file
 * @param shared layers that are used once more: the name of the node for each further use, and of that for the first
 * @param summary what Keras's summary shows; empty if that is the network's layers
 * @param scaling what there is to know of how pixels are to be scaled
 * @param uses what each use of a layer is, by the names of the models that it lies in, the outermost left out, and of the use,
 *     with slashes between; empty if that is the network's layers
 */
public record NetworkLayout(
        Network network,
        List<Group> groups,
        Map<String, String> shared,
        List<LayerSummary> summary,
        ScalingEvidence scaling,
        Map<String, Use> uses) {

    /**
     * A use of a layer, or of a model as one.
     *
     * @param node of the network that gives its output
     * @param shape of that as Keras has it
     */
    record Use(String node, Shape shape) {}

    /**
     * A layer, or a nested model.
     *
     * @param type Keras's class
     * @param slots the layer's weights, or all of the model's, in the order in which {@code model.save("m.h5")} saves them
     * @param inner the layers of a model
     */
    record Group(String name, String type, List<Slot> slots, List<Group> inner) {
        Group {
            slots = List.copyOf(slots);
            inner = List.copyOf(inner);
        }

        static Group layer(String name, String type, List<Slot> slots) {
            return new Group(name, type, slots, List.of());
        }

        /** Keras saves the trainable weights of a nested model before the others, as they were when it was saved. */
        static Group model(String name, String type, List<Group> inner) {
            List<Slot> slots = new ArrayList<>();
            for (boolean trainable : new boolean[] {true, false}) {
                inner.stream()
                        .flatMap(group -> group.slots().stream())
                        .filter(slot -> slot.trainable() == trainable)
                        .forEach(slots::add);
            }
            return new Group(name, type, slots, inner);
        }

        private static Group of(Node node) {
            return layer(
                    node.name(),
                    node.layer().kerasType().toString(),
                    node.weights().stream()
                            .map(spec -> new Slot(node, spec, spec.trainable()))
                            .toList());
        }

        /** Whether this is a model, and not a layer. */
        boolean isModel() {
            return !inner.isEmpty();
        }

        /** The weights of each layer in its own order, one layer after the other. */
        List<Slot> slotsByLayer() {
            return isModel()
                    ? inner.stream()
                            .flatMap(group -> group.slotsByLayer().stream())
                            .toList()
                    : slots;
        }
    }

    public NetworkLayout {
        groups = List.copyOf(groups);
        shared = Map.copyOf(shared);
        summary = List.copyOf(summary);
        uses = Map.copyOf(uses);
    }

    /** The layout of a network without nested models. */
    public static NetworkLayout of(Network network) {
        return of(network, UnaryOperator.identity());
    }

    /**
     * The layout of a network some of whose layers lie in Sequentials of Keras's, one behind the other.
     *
     * @param sequential the name of the Sequential that the layer of a name lies in; of the layer itself if in none
     */
    public static NetworkLayout of(Network network, UnaryOperator<String> sequential) {
        Map<String, List<Group>> byName = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            byName.computeIfAbsent(sequential.apply(node.name()), name -> new ArrayList<>())
                    .add(Group.of(node));
        }
        List<Group> groups = byName.entrySet().stream()
                .map(entry -> entry.getValue().get(0).name().equals(entry.getKey())
                        ? entry.getValue().get(0)
                        : Group.model(entry.getKey(), "Sequential", entry.getValue()))
                .toList();
        return new NetworkLayout(network, groups, Map.of(), List.of(), ScalingEvidence.NONE, Map.of());
    }

    List<Group> groupsWithWeights() {
        return groups.stream().filter(group -> !group.slots().isEmpty()).toList();
    }
}
