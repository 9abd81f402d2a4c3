package cnn.dl4j;

import cnn.network.Network;
import cnn.program.UnsupportedLayerException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;

/**
 * A network as the configuration of a graph of Deeplearning4j's own layers only, so that plain Deeplearning4j reads what is
 * written of it: inputs (images, channels, height, width), one vertex for each layer under its name, a layer with a loss at
 * the end. Made without ND4J, whose native library takes a second to load: so it is completed here as a graph would when it
 * is initialised.
 */
public final class PlainGraph {
    private final ComputationGraphConfiguration configuration;

    private PlainGraph(ComputationGraphConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * @param seed that the configuration names, for those who train it further
     * @throws UnsupportedLayerException if Deeplearning4j has no such layer of its own
     */
    public static PlainGraph of(Network network, long seed) {
        if (network.parameters() == 0) {
            throw new UnsupportedLayerException("Deeplearning4j has no coefficients of a network without weights");
        }
        // Checks what no layer knows by itself.
        new CellOrder(network);
        // Its own seed() would load ND4J.
        GraphBuilder builder = new NeuralNetConfiguration.Builder().graphBuilder();
        network.nodes().forEach(node -> node.layer().accept(new PlainLowering(builder, network, node)));
        ComputationGraphConfiguration configuration =
                builder.setOutputs(network.output().name()).build();
        complete(configuration, seed);
        return new PlainGraph(configuration);
    }

    /** What ModelSerializer calls {@code configuration.json}. */
    public byte[] json() {
        return configuration.toJson().getBytes(StandardCharsets.UTF_8);
    }

    ComputationGraphConfiguration configuration() {
        return configuration;
    }

    /** The vertices stay in the order in which they were added, which is that of the {@link Coefficients}. */
    private static void complete(ComputationGraphConfiguration graph, long seed) {
        List<String> order = new ArrayList<>(graph.getNetworkInputs());
        order.addAll(graph.getVertices().keySet());
        graph.setTopologicalOrderStr(order);
        graph.setTopologicalOrder(IntStream.range(0, order.size()).toArray());
        NeuralNetConfiguration defaults = graph.getDefaultConfiguration();
        defaults.setSeed(seed);
        graph.getVertices().forEach((name, vertex) -> {
            if (vertex instanceof LayerVertex layer) {
                NeuralNetConfiguration own = layer.getLayerConf();
                own.setSeed(seed);
                own.setVariables(variables(own.getLayer()));
                own.getVariables().forEach(variable -> defaults.addVariable(name + "_" + variable));
            }
        });
    }

    /** The names of a layer's parameters; a batch norm counts its gamma and beta also where it has none. */
    private static List<String> variables(Layer layer) {
        List<String> variables = new ArrayList<>(layer.initializer().paramKeys(layer));
        if (layer instanceof BatchNormalization norm && norm.isLockGammaBeta()) {
            variables.removeAll(
                    List.of(BatchNormalizationParamInitializer.GAMMA, BatchNormalizationParamInitializer.BETA));
        }
        return variables;
    }
}
