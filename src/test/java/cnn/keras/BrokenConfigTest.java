package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cnn.UserError;
import cnn.network.Network;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations that make no network, or one that no machine should be asked to compute. */
class BrokenConfigTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"kernel_size\":[3,3]|\"kernel_size\":[]|layer c, kernel_size: two whole numbers expected, not []",
                "\"kernel_size\":[3,3]|\"kernel_size\":0|layer c: kernel, stride and dilation must be positive",
                "\"kernel_size\":[3,3]|\"kernel_size\":[3,\"x\"]|layer c, kernel_size: a whole number expected, not x",
                "\"kernel_size\":[3,3]|\"kernel_size\":[3,2.5]|layer c, kernel_size: a whole number expected, not 2.5",
                "\"kernel_size\":[3,3]|\"kernel_size\":99999999999999999999|layer c, kernel_size: a whole number expected",
                "\"filters\":4|\"filters\":-4|layer c: a convolution needs at least one filter, not -4",
                "\"filters\":4|\"filters\":2000000000|layer c gives",
                "\"filters\":4|\"f\":4|layer c: 'filters' is missing among",
                "\"filters\":4|\"nb_filter\":4|layer c is as Keras 1 writes it",
                "\"padding\":\"same\"|\"padding\":[]|layer c, padding: a text expected, not []",
                "\"padding\":\"same\"|\"padding\":\"causal\"|padding causal is not supported",
                "\"use_bias\":true|\"use_bias\":1|layer c, use_bias: true or false expected, not 1",
                "\"use_bias\":true|\"use_bias\":true,\"wings\":2|layer c: argument wings is not supported",
                "\"use_bias\":true|\"data_format\":\"nchw\"|layer c: data_format nchw is not supported",
                "\"use_bias\":true|\"activation\":\"glu\"|layer c: activation glu is not supported",
                "\"use_bias\":true|\"activation\":{\"class_name\":\"Mine\"}|layer c: activation {class_name=Mine} is not supported",
                "\"use_bias\":true|\"groups\":3|layer c: 4 filters cannot be divided into 3 groups",
                "\"epsilon\":0.001|\"renorm\":true|layer n: renorm true is not supported",
                "\"axis\":[3]|\"axis\":[2]|layer n: axis 2 is not supported",
                "\"rate\":0.5|\"rate\":0.5,\"noise_shape\":[null,2]|layer o: noise_shape [null, 2] is not supported",
                "\"pool_size\":2|\"pool_size\":0|layer p: kernel, stride and dilation must be positive",
                "\"pool_size\":2|\"pool_size\":100|layer p: a window of height 100 does not fit into an input of height 10",
                "\"padding\":[[1,1],[1,1]]|\"padding\":[]|layer z, padding: two whole numbers expected, not []",
                "\"padding\":[[1,1],[1,1]]|\"padding\":[[1],[1,1]]|layer z, padding: two whole numbers expected, not [1]",
                "\"padding\":[[1,1],[1,1]]|\"padding\":-1|layer z: padding must not be negative",
                "\"padding\":[[1,1],[1,1]]|\"padding\":1000000000|layer z: sizes that are too large to count with",
                "\"padding\":[[1,1],[1,1]]|\"padding\":100000|more than 33,554,432 numbers for one image",
                "\"axis\":[3]|\"axis\":[]|layer n, axis: a whole number expected, not []",
                "\"epsilon\":0.001|\"epsilon\":-1|layer n: epsilon must be a number of at least 0, not -1.0",
                "\"epsilon\":0.001|\"epsilon\":1e999|layer n, epsilon: a number expected, not Infinity",
                "\"epsilon\":0.001|\"epsilon\":NaN|model_config is not JSON",
                "\"rate\":0.5|\"rate\":1.5|layer o: a dropout rate must be at least 0 and below 1, not 1.5",
                "\"units\":2|\"units\":0|layer d: a dense layer needs at least one unit, not 0",
                "[null,8,8,3]|[]|the model does not say what shape its input has",
                "[null,8,8,3]|[null,8,0,3]|sizes must be positive: [8, 0, 3]",
                "[null,8,8,3]|[null,\"x\",8,3]|shape of the input: a whole number expected, not x",
                "[null,8,8,3]|[null,100000,100000,3]|layer i gives (100000, 100000, 3), more than 33,554,432 numbers",
                "[[[\"i\",0,0]]]|[]|layer z is used 0 times",
                "[[[\"i\",0,0]]]|[[]]|layer z, inbound_nodes: a layer without an input",
                "[[[\"i\",0,0]]]|[[[]]]|layer z, inbound_nodes: the name of a layer is missing",
                "[[[\"i\",0,0]]]|[[[\"nowhere\",0,0]]]|layer z: its input nowhere is no layer of the model",
                "[[[\"i\",0,0]]]|[[[\"d\",0,0]]]|layer z never gets its input: the layers go in a circle",
                "[[\"d\",0,0]]|[[\"nowhere\",0,0]]|the output nowhere is no layer",
                "[[\"d\",0,0]]|[[\"n\",0,0]]|no way leads from it to the output",
                "\"dilation_rate\":1|\"dilation_rate\":1000000000|layer c: a window of 3 cells, 1000000000 apart",
                "\"strides\":1|\"strides\":1000000000|with stride 1000000000 is too much for an input of height 10",
                "\"name\":\"n\",\"axis\"|\"name\":\"c\",\"axis\"|two layers are named c",
                "\"Dropout\"|\"Lambda\"|layers of type Lambda are not supported",
                "\"Functional\"|\"Dense\"|a model expected, not a layer of type Dense"
            })
    void saysWhatIsWrongWhere(String sound, String broken, String message) {
        String config = config("", "o");
        assertThat(config).contains(sound);
        assertThatThrownBy(() -> parse(config.replace(sound, broken)))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                .hasMessageContaining(message);
    }

    @Test
    void readsTheSoundOne() {
        assertThat(parse(config("", "o")).output().outputShape().channels()).isEqualTo(2);
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        String value = "[" + "1,".repeat(5000) + "1]";
        assertThatThrownBy(() -> parse(config("", "o").replace("\"pool_size\":2", "\"pool_size\":" + value)))
                .hasMessageContaining("layer p, pool_size: two whole numbers expected, not [1, 1, 1")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).endsWith(" ..."));
    }

    @Test
    void readsDeepNetworksInAnyOrderOfTheirLayers() {
        for (boolean reversed : new boolean[] {false, true}) {
            String config = config(chain(9_000, reversed), "x8999");
            Network network = assertTimeoutPreemptively(LIMIT, () -> parse(config));
            assertThat(network.nodes()).hasSize(9_008);
        }
    }

    @Test
    void refusesNetworksThatAreTooDeepOrGoInCircles() {
        for (boolean reversed : new boolean[] {false, true}) {
            String deep = config(chain(20_000, reversed), "x19999");
            assertThatThrownBy(() -> assertTimeoutPreemptively(LIMIT, () -> parse(deep)))
                    .isInstanceOf(UserError.class)
                    .hasMessage("the model has more than 10,000 layers");
        }
        String circle = config(chain(9_000, false), "x8999").replace("[[[\"g\",0,0]]]", "[[[\"x8999\",0,0]]]");
        assertThatThrownBy(() -> assertTimeoutPreemptively(LIMIT, () -> parse(circle)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the layers go in a circle");
        String nested = "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":[".repeat(2_000);
        assertThatThrownBy(() -> parse(nested)).isInstanceOf(UserError.class);
    }

    private static Network parse(String config) {
        return ModelConfig.parse(config, Optional.empty()).network();
    }

    /** Layers that do nothing between the dropout and the last layer. */
    private static String chain(int layers, boolean reversed) {
        StringBuilder chain = new StringBuilder();
        for (int i = 0; i < layers; i++) {
            int layer = reversed ? layers - 1 - i : i;
            String input = layer == 0 ? "o" : "x" + (layer - 1);
            chain.append("""
                    {"class_name":"Dropout","config":{"name":"x%d","rate":0.5},"inbound_nodes":[[["%s",0,0]]]},
                    """.formatted(layer, input));
        }
        return chain.toString();
    }

    private static String config(String more, String last) {
        return """
                {"class_name":"Functional","config":{"name":"m","layers":[
                {"class_name":"InputLayer","config":{"name":"i","batch_input_shape":[null,8,8,3]},"inbound_nodes":[]},
                {"class_name":"ZeroPadding2D","config":{"name":"z","padding":[[1,1],[1,1]]},"inbound_nodes":[[["i",0,0]]]},
                {"class_name":"Conv2D","config":{"name":"c","filters":4,"kernel_size":[3,3],"strides":1,"padding":"same",
                 "dilation_rate":1,"use_bias":true},"inbound_nodes":[[["z",0,0]]]},
                {"class_name":"BatchNormalization","config":{"name":"n","axis":[3],"epsilon":0.001},"inbound_nodes":[[["c",0,0]]]},
                {"class_name":"MaxPooling2D","config":{"name":"p","pool_size":2},"inbound_nodes":[[["n",0,0]]]},
                {"class_name":"GlobalAveragePooling2D","config":{"name":"g"},"inbound_nodes":[[["p",0,0]]]},
                {"class_name":"Dropout","config":{"name":"o","rate":0.5},"inbound_nodes":[[["g",0,0]]]},
                MORE
                {"class_name":"Dense","config":{"name":"d","units":2},"inbound_nodes":[[["LAST",0,0]]]}],
                "input_layers":[["i",0,0]],"output_layers":[["d",0,0]]}}
                """.replace("MORE", more).replace("LAST", last);
    }
}
