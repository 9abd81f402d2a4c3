package cnn.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Configurations of small models as Keras 3 writes them. */
final class KerasConfigs {
    private KerasConfigs() {}

    static String functional(String name, List<String> layers, String input, String output) {
        return """
                {"module":"keras.src.models.functional","class_name":"Functional","name":"%s","config":{"name":"%s",
                "trainable":true,"layers":[%s],"input_layers":[["%s",0,0]],"output_layers":[%s]},"registered_name":"Functional",
                "inbound_nodes":[INBOUND]}
                """.formatted(name, name, String.join(",", layers), input, output);
    }

    static String sequential(String name, List<String> layers) {
        return """
                {"module":"keras.models","class_name":"Sequential","name":"%s","config":{"name":"%s","layers":[%s]},
                "registered_name":null,"inbound_nodes":[INBOUND]}
                """.formatted(name, name, String.join(",", layers));
    }

    /** A model as a layer behind another. */
    static String behind(String model, String before) {
        return model.replace("INBOUND", call(before));
    }

    static String input(String name, String shape) {
        return """
                {"module":"keras.layers","class_name":"InputLayer","config":{"batch_shape":%s,"name":"%s"},"name":"%s",
                "inbound_nodes":[]}
                """.formatted(shape, name, name);
    }

    static String dense(String name, int units, String... before) {
        return layer("Dense", name, "\"units\":%d,\"activation\":\"linear\"".formatted(units), before);
    }

    /** A layer that is used once behind each of {@code before}. */
    static String layer(String type, String name, String config, String... before) {
        return """
                {"module":"keras.layers","class_name":"%s","config":{"name":"%s","trainable":true%s},"registered_name":null,
                "name":"%s","inbound_nodes":[%s]}
                """.formatted(
                        type,
                        name,
                        config.isEmpty() ? "" : "," + config,
                        name,
                        List.of(before).stream().map(KerasConfigs::call).collect(Collectors.joining(",")));
    }

    /** @param before a layer, or one of its calls as {@code name:1} */
    static String call(String before) {
        return "{\"args\":[" + tensor(before) + "],\"kwargs\":{}}";
    }

    static String tensor(String before) {
        String[] parts = before.split(":");
        return "{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\"%s\",%s,0]}}"
                .formatted(parts[0], parts.length > 1 ? parts[1] : "0");
    }

    /** Dense layers d0, d1, ... of so many units on a vector of 3, one after the other. */
    static String chain(int... units) {
        List<String> layers = new ArrayList<>(List.of(input("i", "[null,3]")));
        IntStream.range(0, units.length)
                .forEach(i -> layers.add(dense("d" + i, units[i], i == 0 ? "i" : "d" + (i - 1))));
        return functional("chain", layers, "i", "[\"d%d\",0,0]".formatted(units.length - 1))
                .replace("INBOUND", "");
    }
}
