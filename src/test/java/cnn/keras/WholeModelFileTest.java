package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import com.fasterxml.jackson.jr.ob.JSON;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeModelFileTest {
    private static final Weights WEIGHTS = new RandomWeights(1);

    @TempDir
    private Path folder;

    @Test
    void isReadBackAsTheSameNetworkWithTheSameNumbers() throws IOException {
        Network network = small("dense");
        Path file = write(network);
        try (KerasFile keras = KerasFile.open(file)) {
            NetworkLayout layout = ModelConfig.parse(keras.modelConfig().orElseThrow(), Optional.empty());
            assertThat(layout.network().nodes()).isEqualTo(network.nodes());
            KerasWeights weights = KerasWeights.match(keras, layout);
            for (Node node : network.nodes()) {
                for (WeightSpec spec : node.weights()) {
                    assertThat(weights.values(node, spec)).isEqualTo(WEIGHTS.values(node, spec));
                }
            }
        }
    }

    /** What Keras's load_model looks for, read by jHDF, which shares no code with the writer. */
    @Test
    void liesAsKerasLaysItOut() throws IOException {
        try (HdfFile hdf = new HdfFile(write(small("dense")))) {
            assertThat(hdf.getAttribute("keras_version").getData()).isEqualTo("2.15.0");
            assertThat(hdf.getAttribute("backend").getData()).isEqualTo("tensorflow");
            assertThat(String.valueOf(hdf.getAttribute("model_config").getData()))
                    .startsWith("{\"class_name\":\"Functional\",\"config\":{\"name\":\"small\",\"layers\":");
            Group weights = (Group) hdf.getChild("model_weights");
            assertThat((String[]) weights.getAttribute("layer_names").getData())
                    .containsExactly("in", "conv", "bn", "relu6", "flatten", "dense");
            assertThat((String[])
                            weights.getChild("bn").getAttribute("weight_names").getData())
                    .containsExactly("bn/gamma:0", "bn/beta:0", "bn/moving_mean:0", "bn/moving_variance:0");
            assertThat(weights.getChild("flatten").getAttribute("weight_names").getSize())
                    .isZero();
            assertThat((float[][]) hdf.getDatasetByPath("model_weights/dense/dense/kernel:0")
                            .getData())
                    .hasDimensions(40, 3);
            assertThat(hdf.getDatasetByPath("model_weights/conv/conv/kernel:0").getDimensions())
                    .containsExactly(3, 3, 3, 2);
        }
    }

    @Test
    void holdsAModelConfigAndNamesOfAnyLength() throws IOException {
        for (int length = 1; length < 250; length += 13) {
            Network network = small("d".repeat(length));
            try (KerasFile keras = KerasFile.open(write(network))) {
                NetworkLayout layout = ModelConfig.parse(keras.modelConfig().orElseThrow(), Optional.empty());
                assertThat(layout.network().nodes()).as("%d", length).isEqualTo(network.nodes());
                KerasWeights.match(keras, layout);
            }
        }
        Network deep = deep(400);
        try (KerasFile keras = KerasFile.open(write(deep))) {
            assertThat(keras.modelConfig().orElseThrow()).hasSizeGreaterThan(1 << 17);
            NetworkLayout layout = ModelConfig.parse(keras.modelConfig().orElseThrow(), Optional.empty());
            assertThat(layout.network().nodes()).isEqualTo(deep.nodes());
            KerasWeights.match(keras, layout);
        }
    }

    @Test
    void givesLayersOfNestedModelsNamesThatKerasTakes() throws IOException {
        try (KerasFile keras = KerasFile.open(write(small("base/den se\u00e4")))) {
            NetworkLayout layout = ModelConfig.parse(keras.modelConfig().orElseThrow(), Optional.empty());
            assertThat(layout.network().output().name()).isEqualTo("base_den_se_");
            KerasWeights.match(keras, layout);
        }
        assertThatThrownBy(() -> write(small("bn/", "bn_")))
                .isInstanceOf(UserError.class)
                .hasMessage("two layers would be named bn_ in Keras; one is bn_ here");
    }

    /**
     * The configs of published networks say the same after they were read and written, but for what has no meaning
     * for inference or is the default.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "vgg16_keras_model_config.json",
                "resnet50_keras_model_config.json",
                "inception_v3_notop_keras_model_config.json",
                "mobilenet_0.25_224_from_tfjs.json",
                "mobilenet_0.75_224_keras2.1.4.json",
                "mobilenet_1.0_224_keras2.1.4.json"
            })
    void writesTheArgumentsOfPublishedNetworks(String name) throws IOException {
        Path published = Path.of("../shared/architectures", name);
        assumeTrue(Files.exists(published), published + " is not here");
        String json = Files.readString(published);
        Network network =
                ModelConfig.parse(json, Optional.of(Shape.of(224, 224, 3))).network();
        Map<String, Map<String, Object>> theirs = layers(JSON.std.mapFrom(json));
        Map<String, Map<String, Object>> ours = layers(JSON.std.mapFrom(JSON.std.asString(ModelConfig.of(network))));
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        for (String layer : ours.keySet()) {
            assertThat(ours.get(layer)).as(layer).isEqualTo(theirs.get(layer));
        }
    }

    /** Class and arguments by layer, without those that only say how weights begin and what limits them in training. */
    private static Map<String, Map<String, Object>> layers(Map<String, Object> model) {
        Map<String, Map<String, Object>> layers = new HashMap<>();
        for (Object entry : (List<?>) ((Map<?, ?>) model.get("config")).get("layers")) {
            Map<?, ?> layer = (Map<?, ?>) entry;
            Map<String, Object> normal = new HashMap<>();
            normal.put("class", layer.get("class_name"));
            normal.put("inputs", layer.get("inbound_nodes"));
            ((Map<?, ?>) layer.get("config")).forEach((key, value) -> normal.put((String) key, value));
            normal.keySet()
                    .removeIf(key -> key.endsWith("_initializer")
                            || Set.of("batch_input_shape", "dtype", "ragged", "sparse", "seed", "noise_shape")
                                    .contains(key));
            normal.values().removeIf(value -> value == null);
            normal.remove("groups", 1);
            normal.remove("keepdims", false);
            normal.computeIfPresent("axis", (key, axis) -> -1);
            normal.computeIfPresent("rate", (key, rate) -> ((Number) rate).doubleValue());
            normal.computeIfPresent("max_value", (key, most) -> ((Number) most).doubleValue());
            normal.computeIfPresent("negative_slope", (key, slope) -> ((Number) slope).doubleValue());
            normal.computeIfPresent("threshold", (key, threshold) -> ((Number) threshold).doubleValue());
            if ("relu6".equals(normal.get("activation"))) {
                // Keras before 2.2.0 had no layer for it.
                normal.put("class", "ReLU");
                normal.remove("activation");
                normal.putAll(Map.of("max_value", 6.0, "negative_slope", 0.0, "threshold", 0.0));
            }
            layers.put((String) layer.get("name"), normal);
        }
        return layers;
    }

    private Path write(Network network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WholeModelFile.write(network, WEIGHTS, bytes::writeBytes);
        return Files.write(folder.resolve("model.h5"), bytes.toByteArray());
    }

    private static Network small(String... ends) {
        NetworkBuilder builder = Network.builder("small", "in", Shape.of(9, 7, 3));
        String x = builder.add(
                "conv", new Conv2D(2, Window.of(3, 2, Padding.SAME), false, ActivationFunction.LINEAR), "in");
        x = builder.add("bn", new BatchNormalization(0.99, 1.001e-5, true, true), x);
        x = builder.add("relu6", new Activation(ActivationFunction.RELU6), x);
        x = builder.add("flatten", new Flatten(), x);
        for (String end : ends) {
            x = builder.add(end, new Dense(3, true, ActivationFunction.SIGMOID), x);
        }
        return builder.build(x);
    }

    private static Network deep(int layers) {
        NetworkBuilder builder = Network.builder("deep", "in", Shape.of(2));
        List<String> names = new ArrayList<>(List.of("in"));
        for (int i = 0; i < layers; i++) {
            names.add(builder.add(
                    "a_dense_layer_with_a_long_name_%d".formatted(i),
                    new Dense(2, i % 2 == 0, ActivationFunction.RELU),
                    names.get(i)));
        }
        return builder.build(names.get(layers));
    }
}
