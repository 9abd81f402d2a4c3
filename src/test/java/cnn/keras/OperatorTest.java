package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Functions on tensors, each in the words of the Keras that writes them. */
class OperatorTest {
    private static final String X = KerasConfigs.tensor("x");

    @Test
    void makesArithmeticWithANumberARescaling() {
        assertRescaling("TrueDivide", "[%s, 127.5]", 1 / 127.5, 0.0);
        assertRescaling("Subtract", "[%s, 1.0]", 1.0, -1.0);
        assertRescaling("Multiply", "[%s, 0.5]", 0.5, 0.0);
        assertRescaling("Multiply", "[0.5, %s]", 0.5, 0.0);
        assertRescaling("Add", "[%s, 3]", 1.0, 3.0);
        LayerConfig turned = layer(keras3("Subtract", "[1.0, %s]"));
        assertThat(turned.config().fields()).isEqualTo(Map.of("scale", -1.0, "offset", 1.0));
    }

    @Test
    void takesOneNumberForEachChannel() {
        LayerConfig means = layer(
                keras3(
                        "Add",
                        "[%s, {\"class_name\":\"__numpy__\",\"config\":{\"value\":[-103.9,-116.8,-123.7],\"dtype\":\"float32\"}}]"));
        assertThat(means.type()).isEqualTo("Rescaling");
        assertThat(means.config().fields()).isEqualTo(Map.of("scale", 1.0, "offset", List.of(-103.9, -116.8, -123.7)));
        assertThatThrownBy(() -> layer(keras3("Add", "[%s, [[1, 2], [3, 4]]]")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer op: only numbers, or one for each channel");
    }

    @Test
    void leavesLayersThatHaveTheSameNameAsTheyAre() {
        LayerConfig merged = layer(entry("\"module\":\"keras.layers\",", "Add", "[[%s, %s]]".formatted(X, X), "{}"));
        assertThat(merged.type()).isEqualTo("Add");
        assertThat(layer(entry("", "Multiply", "[[%s, %s]]".formatted(X, X), "{}"))
                        .type())
                .isEqualTo("Multiply");
        assertThat(layer(keras3("Multiply", "[%s, " + KerasConfigs.tensor("y") + "]"))
                        .type())
                .isEqualTo("Multiply");
    }

    @Test
    void readsWhatKeras2MakesOfTheFunctionsOfTensorFlow() {
        LayerConfig divided = layer("""
                {"class_name":"TFOpLambda","config":{"name":"op","trainable":true,"function":"math.truediv"},"name":"op",
                "inbound_nodes":[["x",0,0,{"y":127.5,"name":null}]]}
                """);
        assertThat(divided.config().fields()).isEqualTo(Map.of("scale", 1 / 127.5, "offset", 0.0));
        LayerConfig shifted = layer("""
                {"class_name":"TFOpLambda","config":{"name":"op","trainable":true,"function":"nn.bias_add"},"name":"op",
                "inbound_nodes":[["x",0,0,{"bias":[-1.0,-2.0,-3.0]}]]}
                """);
        assertThat(shifted.config().fields()).isEqualTo(Map.of("scale", 1.0, "offset", List.of(-1.0, -2.0, -3.0)));
        LayerConfig added = layer("""
                {"class_name":"TFOpLambda","config":{"name":"op","trainable":true,"function":"__operators__.add"},"name":"op",
                "inbound_nodes":[["x",0,0,{"y":["z",0,0],"name":null}]]}
                """);
        assertThat(added.type()).isEqualTo("Add");
    }

    @Test
    void refusesOthersByName() {
        assertThatThrownBy(() -> layer(keras3("Einsum", "[%s, 2]")))
                .isInstanceOf(UserError.class)
                .hasMessage("layer op: the function Einsum on tensors is not supported");
        assertThatThrownBy(() -> layer(keras3("TrueDivide", "[1.0, %s]")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer op: TrueDivide by a tensor");
        assertThatThrownBy(() -> layer(keras3("Maximum", "[%s, 1.0]"))).isInstanceOf(UserError.class);
    }

    @Test
    void picksChannelsOnly() {
        String ellipsis = "{\"class_name\":\"__ellipsis__\",\"config\":{}}";
        LayerConfig reversed = layer(keras3("GetItem", "[%s, [" + ellipsis + "," + slice("null", "null", "-1") + "]]"));
        assertThat(reversed.config().fields()).isEqualTo(Map.of("step", -1));
        for (String index : List.of(
                slice("0", "1", "null"),
                ellipsis,
                slice("0", "1", "null") + "," + ellipsis + "," + slice("0", "1", "null"))) {
            assertThatThrownBy(() -> layer(keras3("GetItem", "[%s, [" + index + "]]")))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("only channels can be picked");
        }
    }

    private static String slice(String start, String stop, String step) {
        return "{\"class_name\":\"__slice__\",\"config\":{\"start\":%s,\"stop\":%s,\"step\":%s}}"
                .formatted(start, stop, step);
    }

    private static void assertRescaling(String type, String arguments, double scale, double offset) {
        LayerConfig layer = layer(keras3(type, arguments));
        assertThat(layer.type()).isEqualTo("Rescaling");
        assertThat(layer.name()).isEqualTo("op");
        assertThat(layer.config().fields()).isEqualTo(Map.of("scale", scale, "offset", offset));
    }

    private static String keras3(String type, String arguments) {
        return entry("\"module\":\"keras.src.ops.numpy\",", type, arguments.replace("%s", X), "{}");
    }

    private static String entry(String module, String type, String arguments, String named) {
        return """
                {%s"class_name":"%s","config":{"name":"op"},"registered_name":"%s","name":"op",
                "inbound_nodes":[{"args":%s,"kwargs":%s}]}
                """.formatted(module, type, type, arguments, named);
    }

    private static LayerConfig layer(String json) {
        JsonObject entry = JsonObject.parse("model_config", json);
        Call call = Call.of("op", entry.list("inbound_nodes").get(0));
        LayerConfig own = LayerConfig.of(entry);
        return Operator.layer(entry, own, call).orElse(own);
    }
}
