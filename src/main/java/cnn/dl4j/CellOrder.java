package cnn.dl4j;

import cnn.UserError;
import cnn.network.Activation;
import cnn.network.BatchNormalization;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Reshape;
import cnn.network.Shape;
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
            boolean flattens = (node.layer() instanceof Flatten || node.layer() instanceof Reshape)
                    && node.inputShape().isMap()
                    && node.inputShape().height() * node.inputShape().width() > 1;
            Shape map = flattens ? node.inputShape() : orderOfInput(node);
            if (map == null || node.layer() instanceof Dense) {
                continue;
            }
            boolean keepsOrder = flattens
                    || node.layer() instanceof Dropout
                    || node.layer() instanceof Activation
                    || node.layer() instanceof BatchNormalization
                    || node.layer() instanceof Flatten;
            if (!keepsOrder || node.equals(network.output())) {
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
        boolean followsOutput = node.layer() instanceof Dense && weight.name().equals("bias");
        return map == null || followsOutput ? values : byChannel(values, map);
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
