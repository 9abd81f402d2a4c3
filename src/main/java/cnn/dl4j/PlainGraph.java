package cnn.dl4j;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.UnsupportedLayerException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

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
        try {
            network.nodes().forEach(node -> node.layer().accept(new PlainLowering(builder, network, node)));
        } catch (UnsupportedLayerException e) {
            throw UserError.data(e.getMessage(), e);
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
}
