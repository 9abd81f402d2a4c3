package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Normalization;
import cnn.network.Padding;
import cnn.network.Shape;
import cnn.network.Window;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasWeightsTest {
    @TempDir
    private Path folder;

    private final Network network = twoLayers(4);

    @Test
    void givesValuesOfEachWeightInKerasLayout() {
        Path path = TestFile.of(network, (name, i) -> name.length() + i / 1000f).write(folder.resolve("w.h5"));
        try (KerasWeights weights = KerasWeights.match(KerasFile.open(path), NetworkLayout.of(network))) {
            FloatBuffer kernel = values(weights, "conv", 0);
            assertThat(kernel.remaining()).isEqualTo(3 * 3 * 2 * 4);
            assertThat(kernel.get(0)).isEqualTo(6f);
            assertThat(kernel.get(71)).isEqualTo(6.071f);
            assertThat(values(weights, "bn", 3).get(1)).isEqualTo(15.001f);
            weights.checkFinite();
        }
    }

    @Test
    void takesTheCountOfANormalizationWhichIsAWholeNumber() {
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(4, 4, 3));
        Normalization adapted = new Normalization(List.of(), List.of(), false);
        Network normalizing = builder.build(builder.add("normalization", adapted, "input"));
        for (Object count : List.of(7, 7L, 7f)) {
            TestFile file = TestFile.of(normalizing, (name, i) -> 1f);
            file.layers.get("normalization").put("normalization/count:0", count);
            try (KerasWeights weights = open(file, normalizing)) {
                Node layer = normalizing.node("normalization");
                assertThat(weights.values(layer, layer.weights().get(2))).isEqualTo(FloatBuffer.wrap(new float[] {7}));
                weights.checkFinite();
            }
        }
    }

    @Test
    void matchesByOrderWhateverTheLayersAreCalled() {
        TestFile file = TestFile.of(network, (name, i) -> 1f);
        Map<String, Map<String, Object>> renamed = new LinkedHashMap<>();
        file.layers.forEach((layer, datasets) -> renamed.put("the_" + layer + "_layer", datasets));
        file.layers.clear();
        file.layers.putAll(renamed);
        try (KerasWeights weights = open(file, network)) {
            assertThat(values(weights, "conv", 1).remaining()).isEqualTo(4);
        }
    }

    @Test
    void readsLayerNamesThatAreSpreadOverSeveralAttributes() {
        TestFile file = TestFile.of(network, (name, i) -> 1f);
        file.chunkedAttributes = 3;
        try (KerasWeights weights = open(file, network)) {
            assertThat(values(weights, "bn", 0).remaining()).isEqualTo(4);
        }
    }

    @Test
    void namesLayerAndBothShapesWhereTheyDiffer() {
        assertThatThrownBy(() -> open(TestFile.of(twoLayers(8), (name, i) -> 1f), network))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("w.h5")
                .hasMessageContaining("layer conv")
                .hasMessageContaining("(3, 3, 2, 8)")
                .hasMessageContaining("(3, 3, 2, 4)");
    }

    @Test
    void refusesWeightsOfOneShapeInTheWrongOrder() {
        TestFile file = TestFile.of(network, (name, i) -> 1f);
        Map<String, Object> norm = file.layers.get("bn");
        Object gamma = norm.remove("bn/gamma:0");
        norm.put("bn/gamma:0", gamma);
        assertThatThrownBy(() -> open(file, network))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("bn/beta:0")
                .hasMessageContaining("gamma");
    }

    @Test
    void refusesMissingAndSurplusDatasets() {
        TestFile missing = TestFile.of(network, (name, i) -> 1f);
        missing.layers.get("conv").remove("conv/bias:0");
        assertThatThrownBy(() -> open(missing, network))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer conv: dataset for bias (4,) is missing");

        TestFile surplus = TestFile.of(network, (name, i) -> 1f);
        surplus.layers.get("conv").put("conv/extra:0", TestFile.array(1, 4));
        assertThatThrownBy(() -> open(surplus, network))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("conv/extra:0 (4,) has no place");

        TestFile layer = TestFile.of(network, (name, i) -> 1f);
        layer.layers.put("more", Map.of("more/kernel:0", TestFile.array(1, 4)));
        assertThatThrownBy(() -> open(layer, network))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer more of the file, with more/kernel:0 (4,), is not in the network");

        TestFile fewer = TestFile.of(network, (name, i) -> 1f);
        fewer.layers.remove("bn");
        assertThatThrownBy(() -> open(fewer, network))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer bn of the network is missing");
    }

    @Test
    void findsNumbersThatAreNotFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            TestFile file = TestFile.of(network, (name, i) -> name.equals("beta") && i == 2 ? bad : Float.MAX_VALUE);
            try (KerasWeights weights = open(file, network)) {
                assertThatThrownBy(weights::checkFinite)
                        .isInstanceOf(UserError.class)
                        .hasMessageContaining("layer bn: bn/beta:0");
            }
        }
    }

    @Test
    void refusesFilesThatAreNotKeras() throws Exception {
        Path text = Files.writeString(folder.resolve("text.h5"), "not an HDF5 file, but longer than its signature");
        assertThatThrownBy(() -> KerasFile.open(text))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("text.h5");
        assertThatThrownBy(() -> KerasFile.open(Files.createFile(folder.resolve("empty.h5"))))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> KerasFile.open(folder.resolve("absent.h5"))).isInstanceOf(UserError.class);
        assertThatThrownBy(() -> KerasFile.open(folder)).isInstanceOf(UserError.class);
    }

    @Test
    void neverFailsOtherwiseThanWithAUserErrorOnATornFile() throws Exception {
        byte[] whole = Files.readAllBytes(TestFile.of(network, (name, i) -> 1f).write(folder.resolve("whole.h5")));
        Path torn = folder.resolve("torn.h5");
        for (int length = 0; length < whole.length; length += 37) {
            Files.write(torn, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> readAll(torn))
                    .as("cut to a length of %d", length)
                    .isInstanceOf(UserError.class);
        }
    }

    private void readAll(Path path) {
        try (KerasWeights weights = KerasWeights.match(KerasFile.open(path), NetworkLayout.of(network))) {
            weights.checkFinite();
        }
    }

    private KerasWeights open(TestFile file, Network wanted) {
        return KerasWeights.match(KerasFile.open(file.write(folder.resolve("w.h5"))), NetworkLayout.of(wanted));
    }

    private FloatBuffer values(KerasWeights weights, String layer, int index) {
        Node node = network.node(layer);
        return weights.values(node, node.weights().get(index));
    }

    private static Network twoLayers(int filters) {
        NetworkBuilder builder = Network.builder("two", "input", Shape.of(8, 8, 2));
        Conv2D conv = new Conv2D(filters, Window.of(3, 1, Padding.SAME), true, ActivationFunction.LINEAR);
        String x = builder.add("conv", conv, builder.input());
        return builder.build(builder.add("bn", new BatchNormalization(0.99, 1e-3, true, true), x));
    }
}
