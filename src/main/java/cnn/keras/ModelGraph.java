package cnn.keras;

import cnn.Excerpt;
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
            default ->
                throw UserError.weights(
                        "model_config: a model of type " + Excerpt.of(model.type()) + " is not supported");
        };
    }

    /**
     * @throws UserError where the file leaves the size open
     */
    Shape inputShape() {
        if (inputBatchShape.size() < 2) {
            throw UserError.weights("model_config: the model does not say what shape its input has");
        }
        List<?> sizes = inputBatchShape.subList(1, inputBatchShape.size());
        if (sizes.stream().anyMatch(size -> size == null)) {
            throw UserError.weights("the model leaves the size of its input open: give --input-size");
        }
        return Shape.of(sizes.stream()
                .mapToInt(size -> JsonObject.asInt("model_config, shape of the input", size))
                .toArray());
    }

    private static ModelGraph sequential(LayerConfig model) {
        String inputName = model.name() + "_input";
        List<?> inputShape =
                model.config().has("build_input_shape") ? model.config().list("build_input_shape") : List.of();
        List<Entry> entries = new ArrayList<>();
        String previous = inputName;
        for (JsonObject entry : layers(model)) {
            LayerConfig layer = LayerConfig.of(entry);
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
        String outputName = onlyEnd(model, "output_layers");
        List<?> inputShape = List.of();
        List<Entry> waiting = new ArrayList<>();
        for (JsonObject entry : layers(model)) {
            LayerConfig layer = LayerConfig.of(entry);
            if (layer.isInput()) {
                inputShape = batchShape(layer);
            } else {
                waiting.add(new Entry(layer, inbound(layer, entry)));
            }
        }
        return new ModelGraph(inputName, LayerOrder.of(inputName, waiting, outputName), outputName, inputShape);
    }

    private static List<JsonObject> layers(LayerConfig model) {
        List<JsonObject> layers = new ArrayList<>();
        for (Object layer : model.config().list("layers")) {
            layers.add(JsonObject.of(model.config().place() + ", layers", layer));
        }
        return layers;
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
        return first(model.config().place() + ", " + ends, list.get(0));
    }

    private static List<String> inbound(LayerConfig layer, JsonObject entry) {
        String place = layer.config().place() + ", inbound_nodes";
        List<?> calls = JsonObject.asList(place, entry.get("inbound_nodes"));
        if (calls.size() != 1) {
            throw UserError.weights("layer %s is used %d times; only layers that are used once are supported"
                    .formatted(layer.name(), calls.size()));
        }
        List<String> inputs = new ArrayList<>();
        if (calls.get(0) instanceof Map<?, ?>) {
            collectTensors(place, JsonObject.of(place, calls.get(0)).get("args"), inputs);
        } else {
            JsonObject.asList(place, calls.get(0)).forEach(tensor -> inputs.add(first(place, tensor)));
        }
        if (inputs.isEmpty()) {
            throw UserError.weights(place + ": a layer without an input");
        }
        return inputs;
    }

    /** Keras 3: tensors, lists of tensors, each with the layer that it comes from in {@code keras_history}. */
    private static void collectTensors(String place, Object value, List<String> inputs) {
        if (value instanceof List<?> list) {
            list.forEach(element -> collectTensors(place, element, inputs));
        } else if (value instanceof Map<?, ?> tensor && "__keras_tensor__".equals(tensor.get("class_name"))) {
            JsonObject config = JsonObject.of(place, tensor).object("config");
            inputs.add(first(place, config.get("keras_history")));
        }
    }

    /** The name at the beginning of a list such as {@code ["conv1", 0, 0]}. */
    private static String first(String place, Object tensor) {
        List<?> parts = JsonObject.asList(place, tensor);
        if (parts.isEmpty()) {
            throw UserError.weights(place + ": the name of a layer is missing");
        }
        return JsonObject.asText(place, parts.get(0));
    }
}
