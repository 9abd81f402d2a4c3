package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
    private static final Path SHARED = Path.of("../shared");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "vgg16_keras_model_config.json,138357544",
        "resnet50_keras_model_config.json,25636712",
        "inception_v3_notop_keras_model_config.json,21802784",
        "mobilenet_0.25_224_from_tfjs.json,475544",
        "mobilenet_0.75_224_keras2.1.4.json,2601976",
        "mobilenet_1.0_224_keras2.1.4.json,4253864"
    })
    void readsTheConfigsOfPublishedNetworks(String file, long parameters) throws IOException {
        Network network = ModelConfig.parse(shared("architectures/" + file), Optional.of(Shape.of(224, 224, 3)))
                .network();
        assertThat(network.parameters()).isEqualTo(parameters);
    }

    @Test
    void readsWholeModelsWithAllTheirWeights() {
        assumeTrue(Files.exists(SHARED.resolve("keras-h5")), "../shared/keras-h5 is not here");
        Network mobileNet = readWhole("mlperf_tiny_vww_96.h5");
        assertThat(mobileNet.input().outputShape()).isEqualTo(Shape.of(96, 96, 3));
        assertThat(mobileNet.output().outputShape()).isEqualTo(Shape.of(2));
        Network resNet = readWhole("mlperf_tiny_pretrainedResnet_cifar10.h5");
        assertThat(resNet.output().outputShape()).isEqualTo(Shape.of(10));
        assertThat(resNet.parameters()).isEqualTo(78_666);
    }

    @Test
    void readsAFileInTheLayoutThatH5pyWrites() {
        KerasFile file = KerasFile.open(Path.of("src/test/resources/cnn/keras/tiny.h5"));
        NetworkLayout layout = ModelConfig.parse(file.modelConfig().orElseThrow(), Optional.empty());
        assertThat(layout.network().name()).isEqualTo("tiny");
        assertThat(layout.network().parameters()).isEqualTo(216 + 32 + 72 + 32 + 27);
        try (KerasWeights weights = KerasWeights.match(file, layout)) {
            weights.checkFinite();
        }
    }

    @Test
    void readsKeras3() {
        Network network = ModelConfig.parse("""
                {"module":"keras.src.models.functional","class_name":"Functional","config":{"name":"f","layers":[
                {"class_name":"InputLayer","config":{"batch_shape":[null,8,8,3],"name":"in"},"name":"in","inbound_nodes":[]},
                {"class_name":"Conv2D","config":{"name":"a","filters":4,"kernel_size":[3,3],"strides":[1,1],"padding":"same",
                 "data_format":"channels_last","groups":1,"activation":"relu","use_bias":false},"name":"a",
                 "inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":["in",0,0]}}],"kwargs":{}}]},
                {"class_name":"Conv2D","config":{"name":"b","filters":4,"kernel_size":[1,1],"activation":"linear"},"name":"b",
                 "inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":["in",0,0]}}],"kwargs":{}}]},
                {"class_name":"Add","config":{"name":"sum"},"name":"sum","inbound_nodes":[{"args":[[
                 {"class_name":"__keras_tensor__","config":{"keras_history":["a",0,0]}},
                 {"class_name":"__keras_tensor__","config":{"keras_history":["b",0,0]}}]],"kwargs":{}}]},
                {"class_name":"GlobalAveragePooling2D","config":{"name":"gap","keepdims":true},"name":"gap",
                 "inbound_nodes":[{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":["sum",0,0]}}],"kwargs":{}}]}],
                "input_layers":[["in",0,0]],"output_layers":[["gap",0,0]]}}
                """, Optional.empty()).network();
        assertThat(network.node("sum").inputs()).containsExactly("a", "b");
        assertThat(network.output().outputShape()).isEqualTo(Shape.of(1, 1, 4));
        assertThat(network.parameters()).isEqualTo(3 * 3 * 3 * 4 + 3 * 4 + 4);
    }

    @Test
    void takesWeightsOfAFrozenNestedModelInTheOrderInWhichKerasSavesThem() {
        NetworkLayout layout = ModelConfig.parse(nested(false), Optional.empty());
        assertThat(slots(layout, "base"))
                .containsExactly("c/kernel", "n/gamma", "n/beta", "n/moving_mean", "n/moving_variance", "d/kernel");
        assertThat(slots(ModelConfig.parse(nested(true), Optional.empty()), "base"))
                .containsExactly("c/kernel", "n/gamma", "n/beta", "d/kernel", "n/moving_mean", "n/moving_variance");
        assertThat(layout.network().output().outputShape()).isEqualTo(Shape.of(2));
    }

    @Test
    void readsTheWeightsOfANestedModel() {
        NetworkLayout layout = ModelConfig.parse(nested(true), Optional.empty());
        TestFile file = new TestFile();
        for (NetworkLayout.Group group : layout.groupsWithWeights()) {
            file.layers.put(group.name(), new java.util.LinkedHashMap<>());
            group.slots().forEach(slot -> file.layers
                    .get(group.name())
                    .put(
                            slot.key() + ":0",
                            TestFile.array(
                                    1,
                                    slot.spec().shape().sizes().stream()
                                            .mapToInt(i -> i)
                                            .toArray())));
        }
        file.modelConfig = Optional.of(nested(true));
        KerasFile written = KerasFile.open(file.write(folder.resolve("nested.h5")));
        NetworkLayout read = ModelConfig.parse(written.modelConfig().orElseThrow(), Optional.empty());
        try (KerasWeights weights = KerasWeights.match(written, read)) {
            Node dense = read.network().node("out");
            assertThat(weights.values(dense, dense.weights().get(0)).remaining())
                    .isEqualTo(2 * 2 * 4 * 2);
        }
    }

    @Test
    void namesALayerThatIsNotSupported() {
        assertThatThrownBy(() -> ModelConfig.parse(nested(true).replace("\"Flatten\"", "\"LSTM\""), Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer flat: layers of type LSTM are not supported");
        assertThatThrownBy(() -> ModelConfig.parse("{\"class_name\":", Optional.empty()))
                .isInstanceOf(UserError.class);
        assertThatThrownBy(() -> ModelConfig.parse("[1, 2]", Optional.empty())).isInstanceOf(UserError.class);
    }

    private Network readWhole(String name) {
        KerasFile file = KerasFile.open(SHARED.resolve("keras-h5").resolve(name));
        NetworkLayout layout = ModelConfig.parse(file.modelConfig().orElseThrow(), Optional.empty());
        try (KerasWeights weights = KerasWeights.match(file, layout)) {
            weights.checkFinite();
        }
        return layout.network();
    }

    private static List<String> slots(NetworkLayout layout, String group) {
        return layout.groups().stream()
                .filter(candidate -> candidate.name().equals(group))
                .flatMap(found -> found.slots().stream())
                .map(KerasWeights.Slot::key)
                .toList();
    }

    private static String nested(boolean trainable) {
        String config = """
                {"class_name":"Sequential","config":{"name":"s","layers":[
                {"class_name":"Functional","config":{"name":"base","trainable":TRAINABLE,"layers":[
                {"class_name":"InputLayer","config":{"batch_input_shape":[null,4,4,3],"name":"i"},"name":"i","inbound_nodes":[]},
                {"class_name":"Conv2D","config":{"name":"c","trainable":TRAINABLE,"filters":4,"kernel_size":[3,3],"use_bias":false,
                 "strides":[2,2],"padding":"same","activation":"relu"},"name":"c","inbound_nodes":[[["i",0,0,{}]]]},
                {"class_name":"BatchNormalization","config":{"name":"n","trainable":TRAINABLE,"axis":[3]},"name":"n",
                 "inbound_nodes":[[["c",0,0,{}]]]},
                {"class_name":"Conv2D","config":{"name":"d","trainable":TRAINABLE,"filters":4,"kernel_size":[1,1],"use_bias":false},
                 "name":"d","inbound_nodes":[[["n",0,0,{}]]]}],
                "input_layers":[["i",0,0]],"output_layers":[["d",0,0]]}},
                {"class_name":"Flatten","config":{"name":"flat"}},
                {"class_name":"Dense","config":{"name":"out","units":2,"activation":"softmax"}}]}}
                """;
        return config.replace("TRAINABLE", String.valueOf(trainable));
    }

    private static String shared(String file) throws IOException {
        assumeTrue(Files.exists(SHARED.resolve(file)), "../shared/" + file + " is not here");
        return Files.readString(SHARED.resolve(file));
    }
}
