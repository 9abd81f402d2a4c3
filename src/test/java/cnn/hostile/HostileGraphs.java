package cnn.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/** Descriptions of networks that are too deep, go in a circle, or name files of somebody else. */
final class HostileGraphs {
    private static final int MANY = 20_000;

    private HostileGraphs() {}

    /** Changes to a saved model's description by what they do. */
    static Map<String, UnaryOperator<String>> all() {
        Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
        changes.put("a chain of 20,000 layers", json -> layers(json, chain(false)));
        changes.put("a chain of 20,000 layers, the last one first", json -> layers(json, chain(true)));
        changes.put("20,000 layers in a circle", json -> layers(json, circle()));
        changes.put(
                "two layers that wait for each other", json -> layers(json, List.of(layer("a", "b"), layer("b", "a"))));
        changes.put("a layer of its own output", json -> layers(json, List.of(layer("a", "a"))));
        changes.put("20,000 inputs of one layer", json -> layers(json, List.of(adding("a", repeated("input_1")))));
        changes.put("a sum doubled 60 times", json -> layers(json, doubled()));
        changes.put("20,000 layers of one name", json -> layers(json, sameName()));
        changes.put(
                "lists 5,000 deep",
                json -> json.replaceFirst(
                        "\"seed\" *:", "\"deep\":" + "[".repeat(5000) + "]".repeat(5000) + ",\"seed\":"));
        changes.put(
                "lists 900 deep",
                json -> json.replaceFirst(
                        "\"seed\" *:", "\"deep\":" + "[".repeat(900) + "]".repeat(900) + ",\"seed\":"));
        changes.put(
                "objects 900 deep as settings",
                json -> json.replaceFirst(
                        "\"settings\" *: *\\{",
                        "\"settings\":{\"a\":" + "{\"a\":".repeat(900) + "1" + "}".repeat(900) + ","));
        changes.put(
                "a number of 100,000 digits",
                json -> json.replaceFirst("\"seed\" *: *42", "\"seed\":" + "9".repeat(100_000)));
        changes.put("a class name of 1,000,000 letters", json -> json.replace("airplane", "a".repeat(1_000_000)));
        changes.put(
                "class names with control characters",
                json -> json.replace("airplane", "\\u001b[31m\\u0007\\u202e\\u2028\\u200b\\ufeff\\n"));
        changes.put("half a character as class name", json -> json.replace("airplane", "\\ud83d"));
        changes.put("no text at all", json -> "");
        changes.put("no object", json -> "[1,2,3]");
        changes.put("half a text", json -> json.substring(0, json.length() / 2));
        changes.put("another format", json -> json.replaceFirst("\"format\" *: *1", "\"format\":999999999999"));
        for (String name : List.of(
                "../../etc/passwd",
                "/etc/passwd",
                "/dev/zero",
                "/dev/stdin",
                "",
                ".",
                "..",
                "a/b.h5",
                "~/.ssh/id_rsa",
                "http://127.0.0.1:9/a.h5",
                "a\\u0000.h5",
                "\\u001b[31m.h5",
                "x".repeat(5000) + ".h5",
                "nul",
                "C:\\\\a.h5")) {
            changes.put(
                    "weights_file " + (name.length() > 30 ? "of 5,000 letters" : name),
                    json -> json.replaceFirst(
                            "\"weights_file\" *: *\"[^\"]*\"",
                            "\"weights_file\":\"" + Matcher.quoteReplacement(name) + "\""));
        }
        return changes;
    }

    /** The layers of the network, all but the input replaced. */
    @SuppressWarnings("unchecked")
    private static String layers(String json, List<Map<String, Object>> layers) {
        Map<String, Object> text = ConfigMutation.parsed(json);
        Map<String, Object> network = (Map<String, Object>) text.get("network");
        Map<String, Object> config = (Map<String, Object>) network.get("config");
        List<Object> all = new ArrayList<>(((List<Object>) config.get("layers")).subList(0, 1));
        all.addAll(layers);
        config.put("layers", all);
        String last = (String) layers.get(layers.size() - 1).get("name");
        config.put("output_layers", List.of(Arrays.asList(last, 0, 0)));
        text.put("tail", layers.stream().map(layer -> layer.get("name")).toList());
        text.put("trained", List.of());
        return ConfigMutation.written(text);
    }

    private static List<Map<String, Object>> chain(boolean backwards) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            layers.add(
                    backwards
                            ? layer("l" + (MANY - i), i == MANY - 1 ? "input_1" : "l" + (MANY - i - 1))
                            : layer("l" + i, i == 0 ? "input_1" : "l" + (i - 1)));
        }
        return layers;
    }

    private static List<Map<String, Object>> circle() {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            layers.add(layer("l" + i, "l" + (i + 1) % MANY));
        }
        return layers;
    }

    /** Each adds its predecessor to itself: 2 to the power of 60 ways through. */
    private static List<Map<String, Object>> doubled() {
        List<Map<String, Object>> layers = new ArrayList<>();
        String last = "input_1";
        for (int i = 0; i < 60; i++) {
            layers.add(adding("s" + i, List.of(last, last)));
            last = "s" + i;
        }
        return layers;
    }

    private static List<Map<String, Object>> sameName() {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            layers.add(layer("same", i == 0 ? "input_1" : "same"));
        }
        return layers;
    }

    private static List<String> repeated(String name) {
        return Collections.nCopies(MANY, name);
    }

    private static Map<String, Object> adding(String name, List<String> inputs) {
        return layer("Add", name, Map.of("name", name), inputs);
    }

    private static Map<String, Object> layer(String name, String input) {
        return layer("Activation", name, Map.of("name", name, "activation", "relu"), List.of(input));
    }

    private static Map<String, Object> layer(
            String kind, String name, Map<String, Object> config, List<String> inputs) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("class_name", kind);
        layer.put("config", new LinkedHashMap<>(config));
        layer.put("name", name);
        layer.put(
                "inbound_nodes",
                List.of(inputs.stream()
                        .map(input -> Arrays.asList(input, 0, 0, Map.of()))
                        .toList()));
        return layer;
    }
}
