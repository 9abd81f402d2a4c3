package cnn.onednn;

import cnn.network.Node;
import java.util.HashMap;
import java.util.Map;

/** What the layers planned so far give. */
final class LearningValues {
    private final Map<String, Tensor> tensors = new HashMap<>();
    /** For layers that do nothing the value that they pass on. */
    private final Map<String, String> aliases = new HashMap<>();

    void define(Node node, Tensor tensor) {
        tensors.put(node.name(), tensor);
    }

    /** Lets {@code node} give what {@code value} is. */
    void alias(Node node, String value) {
        aliases.put(node.name(), value);
    }

    /** The value that a layer gives: its own, or one that it passes on. */
    String value(String layer) {
        return aliases.getOrDefault(layer, layer);
    }

    /** The value that a layer takes, or takes first. */
    String source(Node node) {
        return value(node.inputs().get(0));
    }

    Tensor get(String value) {
        return tensors.get(value);
    }
}
