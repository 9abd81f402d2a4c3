package cnn.keras;

import static cnn.keras.KerasConfigs.behind;
import static cnn.keras.KerasConfigs.dense;
import static cnn.keras.KerasConfigs.functional;
import static cnn.keras.KerasConfigs.input;
import static cnn.keras.KerasConfigs.layer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import cnn.UserError;
import cnn.network.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathWeightsTest {
    private static final int[] KERNEL = {3, 3};
    private static final int[] BIAS = {3};

    @TempDir
    private Path folder;

    @Test
    void countsLayersOfAClassInTheOrderOfTheConfiguration() throws IOException {
        TestArchive archive = new TestArchive(KerasConfigs.chain(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3));
        for (int i = 0; i < 12; i++) { // dense_10 comes before dense_2 in the alphabet
            archive.layer(i == 0 ? "layers/dense" : "layers/dense_" + i, 10 * i, KERNEL, BIAS);
        }
        try (KerasFile file = open(archive)) {
            for (int i = 0; i < 12; i++) {
                assertThat(kernel(file, "d" + i)).hasValue(10 * i);
            }
        }
    }

    @Test
    void readsTheCountersOfKeras213WhichSkip() throws IOException {
        TestArchive archive = new TestArchive(KerasConfigs.chain(3, 3, 3));
        for (int i = 0; i < 3; i++) {
            String name = i == 0 ? "dense" : "dense_" + 2 * i;
            archive.layer("_layer_checkpoint_dependencies/" + name, i, KERNEL, BIAS);
        }
        try (KerasFile file = open(archive)) {
            assertThat(kernel(file, "d2")).hasValue(2);
        }
    }

    @Test
    void readsNestedModelsWithCountersOfTheirOwn() throws IOException {
        String inner = functional(
                "base", List.of(input("b", "[null,3]"), dense("x", 3, "b"), dense("y", 3, "x")), "b", "[\"y\",0,0]");
        String config = functional(
                        "m",
                        List.of(input("i", "[null,3]"), dense("a", 3, "i"), behind(inner, "a"), dense("z", 3, "base")),
                        "i",
                        "[\"z\",0,0]")
                .replace("INBOUND", "");
        TestArchive archive = new TestArchive(config)
                .layer("layers/dense", 1, KERNEL, BIAS)
                .layer("layers/functional/layers/dense", 2, KERNEL, BIAS)
                .layer("layers/functional/layers/dense_1", 3, KERNEL, BIAS)
                .layer("layers/dense_1", 4, KERNEL, BIAS);
        archive.weights.put("optimizer/vars/0", TestFile.array(9, 7));
        archive.weights.put("layers/input_layer/seed_generator/vars/0", TestFile.array(9, 2));
        archive.names.put("layers/functional", "base");
        archive.names.put("layers/functional/layers/dense_1", "y");
        try (KerasFile file = open(archive)) {
            assertThat(List.of("a", "x", "y", "z")).allSatisfy(layer -> assertThat(kernel(file, layer))
                    .hasValue(1 + List.of("a", "x", "y", "z").indexOf(layer)));
        }
        archive.names.put("layers/functional/layers/dense", "y");
        assertRefused(archive, "layers/functional/layers/dense is of layer y in the file, but by its place of layer x");
    }

    @Test
    void readsWeightsOnlyWhateverTheirLayersWereCalled() throws IOException {
        Path model = archive().write(folder.resolve("m.keras"), true);
        TestArchive others =
                new TestArchive("{}").layer("layers/dense", 5, KERNEL, BIAS).layer("layers/dense_1", 6, KERNEL, BIAS);
        others.names.put("layers/dense_1", "another");
        Path weights = others.writeWeights(folder.resolve("other.weights.h5"));
        try (KerasFile file = KerasFile.open(weights);
                KerasFile whole = KerasFile.open(model)) {
            assertThat(file.modelConfig()).isEmpty();
            assertThat(file.layersWithWeights()).containsExactlyInAnyOrder("dense", "another");
            NetworkLayout layout = whole.layout(Optional.empty()).orElseThrow();
            Node node = layout.network().node("d1");
            assertThat(KerasWeights.match(file, layout)
                            .values(node, node.weights().get(0))
                            .get(0))
                    .isEqualTo(6);
        }
    }

    @Test
    void givesALayerThatIsUsedTwiceItsWeightsTwice() throws IOException {
        String config = functional(
                        "m",
                        List.of(
                                input("i", "[null,3]"),
                                layer("Dense", "a", "\"units\":3", "i", "a"),
                                dense("z", 3, "a:1")),
                        "i",
                        "[\"z\",0,0]")
                .replace("INBOUND", "");
        TestArchive archive =
                new TestArchive(config).layer("layers/dense", 1, KERNEL, BIAS).layer("layers/dense_1", 2, KERNEL, BIAS);
        try (KerasFile file = open(archive)) {
            assertThat(kernel(file, "a:1")).hasValue(1);
            assertThat(kernel(file, "z")).hasValue(2);
            assertThat(file.layout(Optional.empty()).orElseThrow().summary())
                    .extracting(LayerSummary::name, LayerSummary::parameters)
                    .containsExactly(tuple("i", 0L), tuple("a", 12L), tuple("z", 12L));
        }
    }

    @Test
    void namesWhatIsMissingSurplusOrOfAnotherShape() throws IOException {
        TestArchive missing = archive();
        missing.weights.keySet().removeIf(path -> path.startsWith("layers/dense_1"));
        assertRefused(missing, "layer d1 of the network is missing in the file");
        assertRefused(archive().layer("layers/dense_2", 1, KERNEL), "layers/dense_2 of the file is not in the network");
        assertRefused(archive().layer("layers/conv2d", 1, KERNEL), "layers/conv2d of the file is not in the network");
        TestArchive fewer = archive();
        fewer.weights.remove("layers/dense/vars/1");
        assertRefused(fewer, "layer d0 (in the file dense): dataset for bias (3,) is missing");
        TestArchive shape = archive();
        shape.weights.put("layers/dense/vars/1", TestFile.array(1, 4));
        assertRefused(shape, "the file has vars/1 (4,) where the network has bias (3,)");
        TestArchive more = archive();
        more.weights.put("layers/dense/vars/2", TestFile.array(1, 3));
        assertRefused(more, "dataset vars/2 (3,) has no place in the network");
        TestArchive outside = archive();
        outside.weights.put("vars/0", TestFile.array(1, 3));
        assertRefused(outside, "vars/0 belongs to no layer");
    }

    private static TestArchive archive() {
        return new TestArchive(KerasConfigs.chain(3, 3))
                .layer("layers/dense", 1, KERNEL, BIAS)
                .layer("layers/dense_1", 2, KERNEL, BIAS);
    }

    private KerasFile open(TestArchive archive) throws IOException {
        archive.members.remove(KerasArchive.WEIGHTS);
        return KerasFile.open(archive.write(folder.resolve("m.keras"), true));
    }

    private void assertRefused(TestArchive archive, String message) throws IOException {
        assertThatThrownBy(() -> {
                    try (KerasFile file = open(archive)) {
                        KerasWeights.match(file, file.layout(Optional.empty()).orElseThrow());
                    }
                })
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                .hasMessageContaining(message);
    }

    private static OptionalDouble kernel(KerasFile file, String layer) {
        NetworkLayout layout = file.layout(Optional.empty()).orElseThrow();
        Node node = layout.network().node(layer);
        return OptionalDouble.of(KerasWeights.match(file, layout)
                .values(node, node.weights().get(0))
                .get(0));
    }
}
