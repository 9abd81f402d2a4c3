package cnn.keras;

import cnn.keras.KerasWeights.Slot;
import cnn.network.Network;
import cnn.network.Node;
import java.util.List;

/**
 * A network, and how its weights are grouped in a file: one group per layer, but one for all layers of a model that is
 * nested in another.
 */
public record NetworkLayout(Network network, List<Group> groups) {

    /**
     * @param name of the layer or nested model
     * @param slots its weights in the order in which Keras saves them
     */
    record Group(String name, List<Slot> slots) {
        Group {
            slots = List.copyOf(slots);
        }

        static Group of(Node node) {
            return new Group(
                    node.name(),
                    node.weights().stream().map(spec -> new Slot(node, spec)).toList());
        }
    }

    public NetworkLayout {
        groups = List.copyOf(groups);
    }

    /** The layout of a network without nested models. */
    public static NetworkLayout of(Network network) {
        return new NetworkLayout(
                network, network.nodes().stream().map(Group::of).toList());
    }

    List<Group> groupsWithWeights() {
        return groups.stream().filter(group -> !group.slots().isEmpty()).toList();
    }
}
