package cnn.dl4j;

import cnn.UserError;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Weights;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network as a graph of Deeplearning4j's own layers only, so that plain Deeplearning4j reads what is written of it:
 * inputs (images, channels, height, width), one vertex for each layer under its name, a layer with a loss at the end.
 *
 * <p>Deeplearning4j flattens maps channel by channel, Keras cell by cell: {@link CellOrder} puts the weights above in order.
 */
public final class PlainGraph implements AutoCloseable {
    private final ComputationGraph graph;

    private PlainGraph(ComputationGraph graph) {
        this.graph = graph;
    }

    /**
     * @param weights in Keras's layout
     * @param seed that the configuration names, for those who train it further
     * @throws UserError if Deeplearning4j has no such layer of its own
     */
    public static PlainGraph of(Network network, Weights weights, long seed) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().seed(seed).graphBuilder();
        GraphLowering lowering = new GraphLowering(builder);
        for (Node node : network.nodes()) {
            add(builder, lowering, network, node);
        }
        builder.setOutputs(network.output().name());
        ComputationGraph graph = GraphWeights.unset(builder.build());
        Weights inOrder = new CellOrder(network, weights);
        network.nodes().forEach(node -> GraphWeights.set(graph, node, inOrder));
        return new PlainGraph(graph);
    }

    /** What ModelSerializer calls {@code configuration.json}. */
    public byte[] configuration() {
        return graph.getConfiguration().toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether there are {@link #writeCoefficients coefficients} at all. */
    public boolean hasCoefficients() {
        return graph.params() != null;
    }

    /** Writes what ModelSerializer calls {@code coefficients.bin}. */
    public void writeCoefficients(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
        Nd4j.write(graph.params(), data);
        data.flush();
    }

    @Override
    public void close() {
        graph.close();
    }

    private static void add(GraphBuilder builder, GraphLowering lowering, Network network, Node node) {
        String[] inputs = node.inputs().toArray(String[]::new);
        boolean last = node.equals(network.output());
        if (node.layer() instanceof Flatten || node.layer() instanceof Reshape) {
            reshape(builder, node);
        } else if (last && node.layer() instanceof Dense dense && hasLoss(dense.activation())) {
            OutputLayer.Builder output = new OutputLayer.Builder(loss(dense.activation()))
                    .nIn(node.inputShape().channels())
                    .nOut(dense.units())
                    .hasBias(dense.useBias())
                    .activation(function(dense.activation()));
            builder.addLayer(node.name(), output.build(), inputs);
        } else if (node.layer() instanceof Activation activation) {
            if (activation.function() == ActivationFunction.SOFTMAX
                    && node.outputShape().isMap()) {
                throw unsupported(node);
            }
            // Deeplearning4j's activation overwrites the caller's own array where it is handed that.
            String input = inputs[0];
            if (input.equals(network.input().name())) {
                input = node.name() + " (copied)";
                builder.addVertex(input, new ScaleVertex(1), inputs);
            }
            if (last && hasLoss(activation.function())) {
                LossLayer.Builder output =
                        new LossLayer.Builder(loss(activation.function())).activation(function(activation.function()));
                builder.addLayer(node.name(), output.build(), input);
            } else {
                builder.addLayer(node.name(), new ActivationLayer(function(activation.function())), input);
            }
        } else {
            lowering.add(node);
        }
    }

    /** Flattening or a change of form that moves no numbers but from cell by cell to channel by channel. */
    private static void reshape(GraphBuilder builder, Node node) {
        Shape from = node.inputShape();
        Shape to = node.outputShape();
        if (from.equals(to)) {
            builder.addVertex(node.name(), new ScaleVertex(1), node.inputs().get(0));
            return;
        }
        InputPreProcessor change;
        if (from.isMap() && to.sizes().size() == 1) {
            change = new CnnToFeedForwardPreProcessor(from.height(), from.width(), from.channels());
        } else if (from.sizes().size() == 1 && to.isMap() && to.height() * to.width() == 1) {
            change = new FeedForwardToCnnPreProcessor(1, 1, to.channels());
        } else {
            throw unsupported(node);
        }
        builder.addVertex(
                node.name(), new PreprocessorVertex(change), node.inputs().toArray(String[]::new));
    }

    private static boolean hasLoss(ActivationFunction function) {
        return function == ActivationFunction.SOFTMAX || function == ActivationFunction.SIGMOID;
    }

    private static LossFunction loss(ActivationFunction function) {
        return function == ActivationFunction.SOFTMAX ? LossFunction.MCXENT : LossFunction.XENT;
    }

    private static IActivation function(ActivationFunction function) {
        return GraphLowering.function(function, Shape.of(1));
    }

    private static UserError unsupported(Node node) {
        return UserError.data("layer %s: Deeplearning4j has no layer of its own for %s from %s to %s"
                .formatted(node.name(), node.layer().kerasType(), node.inputShape(), node.outputShape()));
    }
}
