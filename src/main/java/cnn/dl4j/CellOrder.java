package cnn.dl4j;

import cnn.network.KerasType;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.program.UnsupportedLayerException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which weights belong to a flattened map: Keras flattens it cell by cell, Deeplearning4j channel by channel, so the rows of
 * a dense kernel that takes such a vector, and the values of a batch norm, lie in another order.
 */
final class CellOrder {
    /** The layers that give a flattened map in the other order, and that map's shape. */
    private final Map<String, Shape> flattened = new HashMap<>();

    /**
     * @throws UnsupportedLayerException if the other order would not come to an end in a dense layer
     */
    CellOrder(Network network) {
        for (Node node : network.nodes()) {
            boolean flattens = reshapes(node)
                    && node.inputShape().isMap()
                    && node.inputShape().height() * node.inputShape().width() > 1;
            Shape map = flattens ? node.inputShape() : orderOfInput(node);
            if (map == null || node.layer().kerasType() == KerasType.DENSE) {
                continue;
            }
            if (!(flattens || keepsOrder(node)) || node.equals(network.output())) {
                throw new UnsupportedLayerException(
                        "layer %s: Deeplearning4j's own layers give a flattened map in another order than Keras"
                                .formatted(node.name()));
            }
            flattened.put(node.name(), map);
        }
    }

    /** The map that a weight's rows, or its values, belong to number by number; empty where the order is the same. */
    Optional<Shape> map(Node node, WeightSpec weight) {
        boolean followsOutput = node.layer().kerasType() == KerasType.DENSE && weight.role() == WeightRole.SHIFT;
        return followsOutput ? Optional.empty() : Optional.ofNullable(orderOfInput(node));
    }

    private static boolean reshapes(Node node) {
        KerasType type = node.layer().kerasType();
        return type == KerasType.FLATTEN || type == KerasType.RESHAPE;
    }

    /** Whether a layer gives each number of a vector in the place of the one that it was made from. */
    private static boolean keepsOrder(Node node) {
        return switch (node.layer().kerasType()) {
            case FLATTEN,
                    DROPOUT,
                    GAUSSIAN_NOISE,
                    GAUSSIAN_DROPOUT,
                    ALPHA_DROPOUT,
                    IDENTITY,
                    ACTIVATION,
                    RELU,
                    LEAKY_RELU,
                    ELU,
                    BATCH_NORMALIZATION -> true;
            default -> false;
        };
    }

    private Shape orderOfInput(Node node) {
        return node.inputs().stream()
                .filter(flattened::containsKey)
                .map(flattened::get)
                .findFirst()
                .orElse(null);
    }
}
