package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.json.JsonObject;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The layers of one model of a {@code model_config}, and which takes whose output.
 *
 * @param inputName the layer that stands for the input
 * @param inputShown whether that layer is one of the file's; a sequential model has none
 * @param layers all others in the order of the file, which is that of their weights
 * @param entries every use of a layer, each behind those whose output it takes
 * @param output the use that gives the output
 * @param inputBatchShape as the file has it, batch axis first, open sizes null
 */
record ModelGraph(
        String inputName,
        boolean inputShown,
        List<LayerConfig> layers,
        List<Entry> entries,
        String output,
        List<?> inputBatchShape) {

    private static final int MOST_COLOURS = 3;

    /**
     * A use of a layer, or of a model as one.
     *
     * @param computed what it does as a layer, where it is an {@link Operator}; else the layer itself
     * @param operator whether it is none of the layers that Keras counts
     * @param name the layer's own for its first use; see {@link Call}
     */
    record Entry(LayerConfig layer, LayerConfig computed, boolean operator, String name, Call call) {
        List<String> inputs() {
            return call.tensors();
        }

        private Entry renamed(UnaryOperator<String> names) {
            return new Entry(layer, computed, operator, name, call.renamed(names));
        }
    }

    /**
     * @param outputLayer which output to take of several
     * @throws UserError of kind WEIGHTS if there is more than one input or output, of kind USAGE if {@code outputLayer} is
     *     none
     */
    static ModelGraph of(LayerConfig model, Optional<String> outputLayer) {
        return switch (model.type()) {
            case "Sequential" -> sequential(model, outputLayer);
            case "Functional", "Model" -> functional(model, outputLayer);
            default ->
                throw UserError.weights(
                        "model_config: a model of type " + Excerpt.of(model.type()) + " is not supported");
        };
    }

    /**
     * The shape of the input; images without an axis for colours get one of size 1.
     *
     * @throws UserError where the file leaves the size open
     */
    Shape inputShape() {
        if (inputBatchShape.size() < 2) {
            throw UserError.weights("model_config: the model does not say what shape its input has");
        }
        List<Object> sizes = new ArrayList<>(inputBatchShape.subList(1, inputBatchShape.size()));
        if (sizes.stream().anyMatch(size -> size == null)) {
            throw UserError.weights("the model leaves the size of its input open: give --input-size");
        }
        if (sizes.size() == 2) {
            sizes.add(1);
        }
        return Shape.of(sizes.stream()
                .mapToInt(size -> JsonObject.asInt("model_config, shape of the input", size))
                .toArray());
    }

    /** The shape of the input for images of another height and width. */
    Shape inputShape(int height, int width) {
        if (inputBatchShape.size() == 3) {
            return Shape.of(height, width, 1);
        }
        Object first = inputBatchShape.size() == 4 ? inputBatchShape.get(1) : null;
        Object last = inputBatchShape.size() == 4 ? inputBatchShape.get(3) : null;
        if (last instanceof Integer colours && (colours <= MOST_COLOURS || !(first instanceof Integer))) {
            return Shape.of(height, width, colours);
        }
        return first instanceof Integer colours && colours <= MOST_COLOURS
                ? Shape.of(colours, height, width)
                : Shape.of(height, width, MOST_COLOURS);
    }

    private static ModelGraph sequential(LayerConfig model, Optional<String> outputLayer) {
        String inputName = model.name() + "_input";
        List<?> inputShape =
                model.config().has("build_input_shape") ? model.config().list("build_input_shape") : List.of();
        List<LayerConfig> layers = new ArrayList<>();
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
                    inputShape = of(layer, Optional.empty()).inputBatchShape();
                }
                layers.add(layer);
                entries.add(new Entry(layer, layer, false, layer.name(), Call.on(previous)));
                previous = layer.name();
            }
        }
        return new ModelGraph(
                inputName,
                false,
                List.copyOf(layers),
                List.copyOf(entries),
                ModelEnds.output(model, List.of(previous), outputLayer),
                inputShape);
    }

    private static ModelGraph functional(LayerConfig model, Optional<String> outputLayer) {
        List<?> inputShape = List.of();
        List<LayerConfig> layers = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (JsonObject entry : layers(model)) {
            LayerConfig layer = LayerConfig.of(entry);
            if (layer.isInput()) {
                inputShape = batchShape(layer);
                continue;
            }
            layers.add(layer);
            String place = layer.config().place() + ", inbound_nodes";
            List<?> nodes = JsonObject.asList(place, entry.get("inbound_nodes"));
            if (nodes.isEmpty()) {
                throw UserError.weights("layer %s is used 0 times".formatted(layer.name()));
            }
            for (int i = 0; i < nodes.size(); i++) {
                Call call = Call.of(place, nodes.get(i));
                if (call.tensors().isEmpty()) {
                    throw UserError.weights(place + ": a layer without an input");
                }
                Optional<LayerConfig> function = Operator.layer(entry, layer, call);
                boolean operator = function.isPresent() && !Operator.isTensorFlow(layer);
                entries.add(new Entry(layer, function.orElse(layer), operator, Call.name(layer.name(), i), call));
            }
        }
        String input = ModelEnds.input(model);
        UnaryOperator<String> known = known(entries);
        List<String> outputs =
                ModelEnds.named(model, "output_layers").stream().map(known).toList();
        String output = ModelEnds.output(model, outputs, outputLayer);
        List<Entry> resolved =
                entries.stream().map(entry -> entry.renamed(known)).toList();
        return new ModelGraph(
                input, true, List.copyOf(layers), LayerOrder.of(input, resolved, output), output, inputShape);
    }

    /**
     * The call that is meant by a name: of a layer that is used once in this model that one, since the number of a call may
     * count uses in other models too.
     */
    private static UnaryOperator<String> known(List<Entry> entries) {
        Set<String> names = new HashSet<>();
        Map<String, Integer> uses = new HashMap<>();
        entries.forEach(entry -> {
            names.add(entry.name());
            uses.merge(entry.layer().name(), 1, Integer::sum);
        });
        return name -> {
            int colon = name.lastIndexOf(':');
            String layer = colon > 0 ? name.substring(0, colon) : name;
            return !names.contains(name) && uses.getOrDefault(layer, 1) == 1 ? layer : name;
        };
    }

    private static List<JsonObject> layers(LayerConfig model) {
        List<JsonObject> layers = new ArrayList<>();
        for (Object layer : model.config().list("layers")) {
            layers.add(KerasClass.checked(JsonObject.of(model.config().place() + ", layers", layer)));
        }
        return layers;
    }

    private static boolean hasBatchShape(LayerConfig layer) {
        return layer.config().has("batch_input_shape") || layer.config().has("batch_shape");
    }

    private static List<?> batchShape(LayerConfig layer) {
        return layer.config().list(layer.config().has("batch_shape") ? "batch_shape" : "batch_input_shape");
    }
}
