package cnn.dl4j;

import cnn.network.BatchNormalization;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightRole;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies the weights of layers, in Keras's layout, into the parameters of a graph. */
final class GraphWeights {

    private GraphWeights() {}

    /**
     * A graph whose parameters have no meaning until each layer's are {@link #set}. DL4J's own {@code init()} would first
     * fill them with random numbers.
     */
    static ComputationGraph unset(ComputationGraphConfiguration configuration) {
        ComputationGraph graph = new ComputationGraph(configuration);
        long parameters = parameters(configuration);
        if (parameters == 0) {
            graph.init();
        } else {
            graph.init(Nd4j.createUninitialized(DataType.FLOAT, 1, parameters), false);
        }
        return graph;
    }

    /** How many parameters a graph has; the statistics of batch norms count, as in Keras. */
    static long parameters(ComputationGraphConfiguration configuration) {
        return configuration.getVertices().values().stream()
                .mapToLong(vertex -> vertex.numParams(false))
                .sum();
    }

    /**
     * Sets all parameters of a layer. A batch norm that has only a gamma or only a beta in Keras gets the other as a
     * parameter, 1 or 0; {@link #parameters} counts it.
     *
     * @throws cnn.UserError if a weight has the wrong number of values
     */
    static void set(ComputationGraph graph, Node node, Weights weights) {
        if (node.weights().isEmpty()) {
            return;
        }
        Map<String, INDArray> parameters = graph.getLayer(node.name()).paramTable();
        int set = 0;
        for (WeightSpec weight : node.weights()) {
            INDArray parameter = parameter(node, weight, parameters);
            Layouts.copy(weights.checkedValues(node, weight), parameter);
            set++;
        }
        if (node.layer() instanceof BatchNormalization norm && norm.center() != norm.scale()) {
            parameters.get(norm.scale() ? "beta" : "gamma").assign(norm.scale() ? 0 : 1);
            set++;
        }
        if (set != parameters.size()) {
            throw new IllegalStateException(
                    "%d of %s's parameters set: %s".formatted(set, node.name(), parameters.keySet()));
        }
    }

    /** The parameter for a weight, indexed as Keras indexes it. */
    private static INDArray parameter(Node node, WeightSpec weight, Map<String, INDArray> parameters) {
        INDArray parameter = parameters.get(parameterName(weight));
        if (parameter == null) {
            throw new IllegalStateException(
                    node.name() + " has no parameter for " + weight + ": " + parameters.keySet());
        }
        INDArray view = weight.role() == WeightRole.KERNEL ? Layouts.asHwio(parameter) : parameter;
        if (!sameShape(view, weight.shape())) {
            throw new IllegalStateException("%s, %s: %s in the graph is %s"
                    .formatted(node.name(), weight, parameterName(weight), Arrays.toString(view.shape())));
        }
        return view;
    }

    private static String parameterName(WeightSpec weight) {
        return switch (weight.name()) {
            case "kernel", "depthwise_kernel" -> "W";
            case "bias" -> "b";
            case "moving_mean" -> "mean";
            case "moving_variance" -> "var";
            default -> weight.name();
        };
    }

    /** Whether the sizes are equal; DL4J's vectors are rows, (1, n). */
    private static boolean sameShape(INDArray array, Shape shape) {
        long[] sizes = shape.sizes().stream().mapToLong(Integer::longValue).toArray();
        return Arrays.equals(array.shape(), sizes)
                || (sizes.length == 1 && Arrays.equals(array.shape(), new long[] {1, sizes[0]}));
    }
}
