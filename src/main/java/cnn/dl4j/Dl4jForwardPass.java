package cnn.dl4j;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network computed by Deeplearning4j, in float32.
 *
 * <p>It is slow on a processor, but shares no code with the other ways to compute: tests measure those by it.
 */
public final class Dl4jForwardPass implements ForwardPass {
    private final List<Node> outputs;
    private final Shape inputShape;
    private final ComputationGraph graph;

    private Dl4jForwardPass(List<Node> outputs, Shape inputShape, ComputationGraph graph) {
        this.outputs = outputs;
        this.inputShape = inputShape;
        this.graph = graph;
    }

    /**
     * The part of a network that leads to {@code outputs}, with a copy of its weights.
     *
     * @param outputs names of layers, at least one
     * @throws cnn.program.UnsupportedLayerException if Deeplearning4j cannot compute a layer
     * @throws cnn.UserError if there is no such layer, or a weight does not fit
     */
    public static Dl4jForwardPass of(Network network, Weights weights, List<String> outputs) {
        List<Node> wanted = outputs.stream().map(network::node).toList();
        List<Node> nodes = network.leadingTo(outputs);
        ComputationGraph graph = GraphWeights.unset(configuration(nodes, outputs));
        nodes.forEach(node -> GraphWeights.set(graph, node, weights));
        return new Dl4jForwardPass(wanted, network.input().outputShape(), graph);
    }

    @Override
    public List<Node> outputs() {
        return outputs;
    }

    @Override
    public List<float[]> run(FloatBuffer nhwc, int images) {
        if (images < 1) {
            throw new IllegalArgumentException("a batch of " + images + " images");
        }
        INDArray batch = Layouts.fromNhwc(nhwc, images, inputShape);
        INDArray[] computed = graph.output(false, batch);
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < computed.length; i++) {
            values.add(Layouts.toNhwc(computed[i], outputs.get(i).outputShape()));
            computed[i].close();
        }
        batch.close();
        return values;
    }

    /** Releases the weights and this thread's workspaces of ND4J. */
    @Override
    public void close() {
        graph.close();
    }

    /** A graph whose i-th output is a copy of the i-th layer asked for. */
    private static ComputationGraphConfiguration configuration(List<Node> nodes, List<String> outputs) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder().graphBuilder();
        nodes.forEach(node -> GraphLowering.add(builder, node));
        List<String> copies = new ArrayList<>();
        for (String output : outputs) {
            String copy = "output %d: %s".formatted(copies.size(), output);
            builder.addVertex(copy, new PreprocessorVertex(new Copied()), output);
            copies.add(copy);
        }
        return builder.setOutputs(copies.toArray(String[]::new)).build();
    }
}
