package cnn.dl4j;

import cnn.UserError;
import cnn.network.KerasType;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Weights for a graph whose flattened maps lie channel by channel, from weights for one where they lie cell by cell: where
 * such a vector is taken, the rows of a dense kernel and the values of a batch norm are put into its order.
 */
final class CellOrder implements Weights {
    private final Weights weights;
    /** The layers that give a flattened map in the other order, and that map's shape. */
    private final Map<String, Shape> flattened = new HashMap<>();

    /**
     * @throws UserError if the other order would not come to an end in a dense layer
     */
    CellOrder(Network network, Weights weights) {
        this.weights = weights;
        for (Node node : network.nodes()) {
            boolean flattens = reshapes(node)
                    && node.inputShape().isMap()
                    && node.inputShape().height() * node.inputShape().width() > 1;
            Shape map = flattens ? node.inputShape() : orderOfInput(node);
            if (map == null || node.layer().kerasType() == KerasType.DENSE) {
                continue;
            }
            if (!(flattens || keepsOrder(node)) || node.equals(network.output())) {
                throw UserError.data(
                        "layer %s: Deeplearning4j's own layers give a flattened map in another order than Keras"
                                .formatted(node.name()));
            }
            flattened.put(node.name(), map);
        }
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        FloatBuffer values = weights.values(node, weight);
        Shape map = orderOfInput(node);
        boolean followsOutput = node.layer().kerasType() == KerasType.DENSE && weight.role() == WeightRole.SHIFT;
        return map == null || followsOutput ? values : byChannel(values, map);
    }

    private static boolean reshapes(Node node) {
        KerasType type = node.layer().kerasType();
        return type == KerasType.FLATTEN || type == KerasType.RESHAPE;
    }

    /** Whether a layer gives each number of a vector in the place of the one that it was made from. */
    private static boolean keepsOrder(Node node) {
        return switch (node.layer().kerasType()) {
            case FLATTEN, DROPOUT, SPATIAL_DROPOUT2D, ACTIVATION, RELU, SOFTMAX, BATCH_NORMALIZATION -> true;
            case INPUT_LAYER,
                    CONV2D,
                    DEPTHWISE_CONV2D,
                    DENSE,
                    ZERO_PADDING2D,
                    MAX_POOLING2D,
                    AVERAGE_POOLING2D,
                    GLOBAL_MAX_POOLING2D,
                    GLOBAL_AVERAGE_POOLING2D,
                    ADD,
                    CONCATENATE,
                    RESHAPE -> false;
        };
    }

    private Shape orderOfInput(Node node) {
        return node.inputs().stream()
                .filter(flattened::containsKey)
                .map(flattened::get)
                .findFirst()
                .orElse(null);
    }

    /** The rows, as many as the map has numbers, from the order height, width, channel to channel, height, width. */
    private static FloatBuffer byChannel(FloatBuffer values, Shape map) {
        int channels = map.channels();
        int cells = map.height() * map.width();
        int row = values.remaining() / (channels * cells);
        float[] ordered = new float[values.remaining()];
        for (int channel = 0; channel < channels; channel++) {
            for (int cell = 0; cell < cells; cell++) {
                values.get((cell * channels + channel) * row, ordered, (channel * cells + cell) * row, row);
            }
        }
        return FloatBuffer.wrap(ordered);
    }
}
