package cnn.keras;

import cnn.UserError;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The layers of one model of a {@code model_config}, and which takes whose output.
 *
 * @param inputName the layer that stands for the input
 * @param entries all other layers, each behind those whose output it takes
 * @param outputName the layer that gives the output
 * @param inputBatchShape as the file has it, batch axis first, open sizes null
 */
record ModelGraph(String inputName, List<Entry> entries, String outputName, List<?> inputBatchShape) {

    /** A layer, or a model used as one, and the names of those whose output it takes. */
    record Entry(LayerConfig layer, List<String> inputs) {}

    static ModelGraph of(LayerConfig model) {
        return switch (model.type()) {
            case "Sequential" -> sequential(model);
            case "Functional", "Model" -> functional(model);
            default -> throw UserError.weights("model_config: a model of type " + model.type() + " is not supported");
        };
    }

    /**
     * @throws UserError where the file leaves the size open
     */
    Shape inputShape() {
        if (inputBatchShape.stream().skip(1).anyMatch(size -> size == null)) {
            throw UserError.weights("the model leaves the size of its input open: give --input-size");
        }
        return Shape.of(
                inputBatchShape.stream().skip(1).mapToInt(JsonObject::asInt).toArray());
    }

    private static ModelGraph sequential(LayerConfig model) {
        String inputName = model.name() + "_input";
        List<?> inputShape =
                model.config().has("build_input_shape") ? model.config().list("build_input_shape") : List.of();
        List<Entry> entries = new ArrayList<>();
        String previous = inputName;
        for (Object entry : model.config().list("layers")) {
            LayerConfig layer = LayerConfig.of(JsonObject.of(entry));
            if (entries.isEmpty() && hasBatchShape(layer)) {
                inputShape = batchShape(layer);
            }
            if (layer.isInput()) {
                inputName = layer.name();
                previous = inputName;
            } else {
                if (entries.isEmpty() && inputShape.isEmpty() && layer.isModel()) {
                    inputShape = of(layer).inputBatchShape();
                }
                entries.add(new Entry(layer, List.of(previous)));
                previous = layer.name();
            }
        }
        return new ModelGraph(inputName, List.copyOf(entries), previous, inputShape);
    }

    private static ModelGraph functional(LayerConfig model) {
        String inputName = onlyEnd(model, "input_layers");
        List<?> inputShape = List.of();
        List<Entry> waiting = new ArrayList<>();
        for (Object element : model.config().list("layers")) {
            JsonObject entry = JsonObject.of(element);
            LayerConfig layer = LayerConfig.of(entry);
            if (layer.isInput()) {
                inputShape = batchShape(layer);
            } else {
                waiting.add(new Entry(layer, inbound(layer, entry)));
            }
        }
        return new ModelGraph(inputName, sorted(inputName, waiting), onlyEnd(model, "output_layers"), inputShape);
    }

    /** Each behind its inputs; Keras writes them so, but nothing promises it. */
    private static List<Entry> sorted(String inputName, List<Entry> waiting) {
        List<Entry> sorted = new ArrayList<>();
        List<String> known = new ArrayList<>(List.of(inputName));
        List<Entry> rest = new ArrayList<>(waiting);
        while (!rest.isEmpty()) {
            Entry next = rest.stream()
                    .filter(entry -> known.containsAll(entry.inputs()))
                    .findFirst()
                    .orElseThrow(() -> UserError.weights("layer %s: its input %s is no layer before it"
                            .formatted(rest.get(0).layer().name(), rest.get(0).inputs())));
            rest.remove(next);
            known.add(next.layer().name());
            sorted.add(next);
        }
        return List.copyOf(sorted);
    }

    private static boolean hasBatchShape(LayerConfig layer) {
        return layer.config().has("batch_input_shape") || layer.config().has("batch_shape");
    }

    private static List<?> batchShape(LayerConfig layer) {
        return layer.config().list(layer.config().has("batch_shape") ? "batch_shape" : "batch_input_shape");
    }

    private static String onlyEnd(LayerConfig model, String ends) {
        List<?> list = model.config().list(ends);
        if (list.size() == 3 && list.get(0) instanceof String name) {
            return name; // Keras 3 writes the one end without a list round it
        }
        if (list.size() != 1) {
            throw UserError.weights(
                    "model %s has %d %s; only one is supported".formatted(model.name(), list.size(), ends));
        }
        return String.valueOf(JsonObject.asList(list.get(0)).get(0));
    }

    private static List<String> inbound(LayerConfig layer, JsonObject entry) {
        List<?> calls = entry.list("inbound_nodes");
        if (calls.size() != 1) {
            throw UserError.weights(
                    "layer %s is used %d times; shared layers are not supported".formatted(layer.name(), calls.size()));
        }
        List<String> inputs = new ArrayList<>();
        if (calls.get(0) instanceof Map<?, ?> call) {
            collectTensors(JsonObject.of(call).get("args"), inputs);
        } else {
            JsonObject.asList(calls.get(0))
                    .forEach(tensor ->
                            inputs.add(String.valueOf(JsonObject.asList(tensor).get(0))));
        }
        return inputs;
    }

    /** Keras 3: tensors, lists of tensors, each with the layer that it comes from in {@code keras_history}. */
    private static void collectTensors(Object value, List<String> inputs) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectTensors(element, inputs));
        } else if (value instanceof Map<?, ?> tensor && "__keras_tensor__".equals(tensor.get("class_name"))) {
            JsonObject config = JsonObject.of(tensor).object("config");
            inputs.add(String.valueOf(config.list("keras_history").get(0)));
        }
    }
}
