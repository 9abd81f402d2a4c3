package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.Node;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights of nested models in .h5 files, whose order depends on what was frozen when they were saved. */
class GroupMatchTest {
    private static final String BASE = """
            {"class_name":"Sequential","config":{"name":"s","layers":[
            {"class_name":"Functional","config":{"name":"base","layers":[
            {"class_name":"InputLayer","config":{"batch_input_shape":[null,4],"name":"i"},"name":"i","inbound_nodes":[]},
            {"class_name":"Dense","config":{"name":"a","units":4},"name":"a","inbound_nodes":[[["i",0,0,{}]]]},
            {"class_name":"BatchNormalization","config":{"name":"n"},"name":"n","inbound_nodes":[[["a",0,0,{}]]]},
            {"class_name":"BatchNormalization","config":{"name":"o"},"name":"o","inbound_nodes":[[["n",0,0,{}]]]}],
            "input_layers":[["i",0,0]],"output_layers":[["o",0,0]]}}]}}
            """;

    /** As a partly frozen model has them. */
    private static final List<String> MIXED = List.of(
            "o/gamma",
            "o/beta",
            "a/kernel",
            "a/bias",
            "n/gamma",
            "n/beta",
            "n/moving_mean",
            "n/moving_variance",
            "o/moving_mean",
            "o/moving_variance");

    private static final List<String> BY_LAYER = List.of(
            "a/kernel",
            "a/bias",
            "n/gamma",
            "n/beta",
            "n/moving_mean",
            "n/moving_variance",
            "o/gamma",
            "o/beta",
            "o/moving_mean",
            "o/moving_variance");

    @TempDir
    private Path folder;

    @Test
    void findsThemByNameInAnyOrder() {
        for (String suffix : List.of(":0", "")) {
            Map<String, Integer> found =
                    read(MIXED.stream().map(name -> "outer/" + name + suffix).toList());
            MIXED.forEach(name -> assertThat(found).containsEntry(name, MIXED.indexOf(name)));
        }
    }

    @Test
    void takesTheOnlyOrderThatFitsWhereNamesAreOthers() {
        List<String> others = BY_LAYER.stream().map(name -> "x" + name).toList();
        Map<String, Integer> found = read(others);
        BY_LAYER.forEach(name -> assertThat(found).containsEntry(name, BY_LAYER.indexOf(name)));
    }

    @Test
    void refusesOrdersThatFitNowhere() {
        List<String> others = MIXED.stream().map(name -> "x" + name).toList();
        assertThatThrownBy(() -> read(others))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer base: the file has xo/gamma (4,) where the network has kernel (4, 4)");
    }

    /** The value of each weight, which tells its place in the file. */
    private Map<String, Integer> read(List<String> names) {
        TestFile file = new TestFile();
        file.modelConfig = Optional.of(BASE);
        Map<String, Object> datasets = new LinkedHashMap<>();
        for (String name : names) {
            datasets.put(
                    name,
                    TestFile.array(names.indexOf(name), name.contains("kernel") ? new int[] {4, 4} : new int[] {4}));
        }
        file.layers.put("base", datasets);
        Map<String, Integer> found = new LinkedHashMap<>();
        try (KerasFile keras = KerasFile.open(file.write(folder.resolve("n%d.h5".formatted(names.hashCode()))))) {
            NetworkLayout layout = keras.layout(Optional.empty()).orElseThrow();
            KerasWeights weights = KerasWeights.match(keras, layout);
            for (Node node : layout.network().nodes()) {
                node.weights()
                        .forEach(spec -> found.put(node.name() + "/" + spec.name(), (int)
                                weights.values(node, spec).get(0)));
            }
        }
        return found;
    }
}
