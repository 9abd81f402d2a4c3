package cnn.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.ForwardPass;
import cnn.network.KerasType;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.RandomNetworks;
import cnn.program.UnsupportedLayerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written without ND4J, against Deeplearning4j's own ModelSerializer, for networks of every layer there is. */
class PlainGraphTest {
    private static final int NETWORKS = 32;
    private static final int IMAGES = 2;
    /** Sums come in another order where a map is flattened, and deep networks magnify that. */
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path folder;

    @Test
    void isRestoredByModelSerializerAndWrittenByItInTheSameBytes() throws IOException {
        Set<KerasType> seen = EnumSet.noneOf(KerasType.class);
        int restored = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            Network network = RandomNetworks.network(seed);
            Weights weights = RandomNetworks.weights(seed);
            Optional<PlainGraph> plain = plain(network, seed);
            if (plain.isEmpty()) {
                continue;
            }
            restored++;
            network.nodes().forEach(node -> seen.add(node.layer().kerasType()));
            byte[] coefficients = coefficients(network, weights);
            ComputationGraph graph = ModelSerializer.restoreComputationGraph(
                    zip(plain.get().json(), coefficients).toFile(), false);
            assertThat(written(graph, "configuration.json"))
                    .as("configuration of seed %d", seed)
                    .isEqualTo(plain.get().json());
            assertThat(written(graph, "coefficients.bin"))
                    .as("coefficients of seed %d", seed)
                    .isEqualTo(coefficients);
            assertSameAnswers(seed, network, weights, graph);
            Weights byChannel = byChannel(network, weights);
            graph.params().assign(-1);
            network.nodes().forEach(node -> GraphWeights.set(graph, node, byChannel));
            assertThat(written(graph, "coefficients.bin"))
                    .as("coefficients of seed %d, set by the names of parameters", seed)
                    .isEqualTo(coefficients);
            graph.close();
        }
        assertThat(restored).isGreaterThan(NETWORKS / 4);
        assertThat(seen)
                .as("kinds in networks that were restored")
                .contains(
                        KerasType.CONV2D,
                        KerasType.DEPTHWISE_CONV2D,
                        KerasType.DENSE,
                        KerasType.BATCH_NORMALIZATION,
                        KerasType.ACTIVATION,
                        KerasType.RELU,
                        KerasType.ZERO_PADDING2D,
                        KerasType.MAX_POOLING2D,
                        KerasType.AVERAGE_POOLING2D,
                        KerasType.GLOBAL_MAX_POOLING2D,
                        KerasType.GLOBAL_AVERAGE_POOLING2D,
                        KerasType.ADD,
                        KerasType.CONCATENATE,
                        KerasType.FLATTEN,
                        KerasType.RESHAPE,
                        KerasType.DROPOUT);
    }

    /** But for the order of vertices, which Deeplearning4j chooses otherwise where a network branches. */
    @Test
    void isTheConfigurationThatDeeplearning4jMakesOfTheSameLayers() {
        int same = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            Network network = RandomNetworks.network(seed);
            Optional<PlainGraph> plain = plain(network, seed);
            if (plain.isEmpty()) {
                continue;
            }
            GraphBuilder builder =
                    new NeuralNetConfiguration.Builder().seed(seed).graphBuilder();
            network.nodes().forEach(node -> node.layer().accept(new PlainLowering(builder, network, node)));
            builder.setOutputs(network.output().name());
            ComputationGraph stock = new ComputationGraph(builder.build());
            stock.init();
            if (stock.getConfiguration()
                    .getTopologicalOrderStr()
                    .equals(plain.get().configuration().getTopologicalOrderStr())) {
                same++;
                assertThat(stock.getConfiguration().toJson())
                        .as("seed %d", seed)
                        .isEqualTo(new String(plain.get().json(), StandardCharsets.UTF_8));
            }
            stock.close();
        }
        assertThat(same).isGreaterThan(5);
    }

    private static Optional<PlainGraph> plain(Network network, long seed) {
        try {
            return Optional.of(PlainGraph.of(network, seed));
        } catch (UnsupportedLayerException e) {
            return Optional.empty();
        }
    }

    private static void assertSameAnswers(long seed, Network network, Weights weights, ComputationGraph graph) {
        Node output = network.output();
        FloatBuffer images = FloatBuffer.wrap(RandomNetworks.images(seed, network, IMAGES));
        float[] found = Layouts.toNhwc(
                graph.outputSingle(
                        Layouts.fromNhwc(images, IMAGES, network.input().outputShape())),
                output.outputShape());
        try (ForwardPass pass = Dl4jForwardPass.of(network, weights, List.of(output.name()))) {
            float[] expected = pass.run(images, IMAGES).get(0);
            assertThat(found).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) found[i])
                        .as("seed %d, %d", seed, i)
                        .isCloseTo(expected[i], within(TOLERANCE * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    /** Weights with the rows that belong to a flattened map in Deeplearning4j's order, number by number. */
    private static Weights byChannel(Network network, Weights weights) {
        CellOrder order = new CellOrder(network);
        return (node, weight) -> {
            FloatBuffer values = weights.values(node, weight);
            if (order.map(node, weight).isEmpty()) {
                return values;
            }
            Shape map = order.map(node, weight).get();
            int row = values.remaining() / (int) map.elements();
            float[] ordered = new float[values.remaining()];
            for (int i = 0; i < ordered.length; i++) {
                int cell = i / row / map.channels();
                int channel = i / row % map.channels();
                ordered[(channel * map.height() * map.width() + cell) * row + i % row] = values.get(i);
            }
            return FloatBuffer.wrap(ordered);
        };
    }

    private static byte[] coefficients(Network network, Weights weights) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Coefficients.write(network, weights, out);
        return out.toByteArray();
    }

    private Path zip(byte[] configuration, byte[] coefficients) throws IOException {
        Path file = folder.resolve("plain.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("coefficients.bin"));
            zip.write(coefficients);
            zip.putNextEntry(new ZipEntry("configuration.json"));
            zip.write(configuration);
        }
        return file;
    }

    private byte[] written(ComputationGraph graph, String entry) throws IOException {
        Path file = folder.resolve("written.zip");
        ModelSerializer.writeModel(graph, file.toFile(), false);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
        }
    }
}
