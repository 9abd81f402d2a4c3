package cnn.keras;

import cnn.UserError;
import cnn.json.JsonObject;
import cnn.keras.NetworkLayout.Group;
import cnn.keras.NetworkLayout.Use;
import cnn.network.Node;
import cnn.network.Origin;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes of a model in a file of Keras's one that is to be written again: the same models in each other, layers used several
 * times, functions between layers. What a layer's arguments say that is none of this tool's business, such as how weights
 * began, is kept; of Keras 2 in the words of Keras 3.
 */
final class KerasConversion {
    private final NetworkLayout layout;
    private final boolean ofKeras3;

    private KerasConversion(NetworkLayout layout, Origin origin) {
        this.layout = layout;
        this.ofKeras3 = origin.generation() >= 3;
    }

    /**
     * @param json the file's {@code model_config}
     * @param layout that was read from it
     * @param outputLayer which output to take of several
     * @param origin what wrote it
     * @throws UserError of kind WEIGHTS if it has what Keras 3 cannot express
     */
    static ExportedModel of(String json, NetworkLayout layout, Optional<String> outputLayer, Origin origin) {
        LayerConfig model = LayerConfig.of(KerasClass.checked(JsonObject.parse("model_config", json)));
        return new KerasConversion(layout, origin).model(model, outputLayer, layout.groups(), "");
    }

    /** @param path of the models round it */
    private ExportedModel model(LayerConfig config, Optional<String> outputLayer, List<Group> groups, String path) {
        ModelGraph graph = ModelGraph.of(config, outputLayer);
        Map<String, Group> byName = groups.stream().collect(Collectors.toMap(Group::name, Function.identity()));
        Map<String, Shape> shapes = new HashMap<>();
        List<ExportedLayer> layers = new ArrayList<>();
        Shape input = use(path, graph.inputName()).shape();
        shapes.put(name(graph.inputName()), input);
        layers.add(ExportedLayer.input(name(graph.inputName()), input));
        for (LayerConfig layer : graph.layers()) {
            List<ModelGraph.Entry> uses = graph.entries().stream()
                    .filter(entry -> entry.layer().name().equals(layer.name()))
                    .filter(entry ->
                            layout.network().has(use(path, entry.name()).node()))
                    .sorted(Comparator.comparingInt(entry -> Call.index(entry.name())))
                    .toList();
            if (!uses.isEmpty()) {
                uses.forEach(entry ->
                        shapes.put(name(entry.name()), use(path, entry.name()).shape()));
                layers.add(layer(layer, uses, byName.get(layer.name()), path));
            }
        }
        boolean functional = !config.type().equals(ExportedModel.SEQUENTIAL);
        return new ExportedModel(
                name(config.name()),
                functional ? ExportedModel.FUNCTIONAL : ExportedModel.SEQUENTIAL,
                ofKeras3 && config.config().has("dtype") ? config.config().get("dtype") : ExportedModel.FLOAT32,
                config.trainable(),
                name(graph.inputName()),
                name(graph.output()),
                layers,
                shapes);
    }

    private ExportedLayer layer(LayerConfig layer, List<ModelGraph.Entry> uses, Group group, String path) {
        if (layer.isModel()) {
            ExportedModel inner = model(layer, Optional.empty(), group.inner(), path + layer.name() + "/");
            return ExportedLayer.of(inner, uses.stream().map(this::call).toList());
        }
        Node node = layout.network().node(use(path, uses.get(0).name()).node());
        boolean operator = ofKeras3 ? uses.get(0).operator() : ExportedLayer.isOperator(node);
        return new ExportedLayer(
                name(layer.name()),
                ofKeras3 ? layer.type() : node.layer().kerasType().toString(),
                operator,
                operator && ofKeras3 ? layer.config().copy() : config(layer, node),
                uses.stream().map(entry -> call(entry, node)).toList(),
                group.slots(),
                Optional.empty());
    }

    private Map<String, Object> config(LayerConfig layer, Node node) {
        Map<String, Object> config = Keras3Config.of(name(layer.name()), node, layer.trainable());
        if (ofKeras3) {
            config.putAll(layer.config().copy());
        } else {
            layer.config().copy().forEach((name, value) -> {
                if (Keras3Config.isOfWeights(name) && config.containsKey(name)) {
                    config.put(name, Keras3Config.value(name, value));
                }
            });
        }
        return config;
    }

    private Call call(ModelGraph.Entry entry, Node node) {
        if (ofKeras3) {
            return entry.call();
        }
        Call call =
                ExportedLayer.call(node, entry.inputs().stream().map(this::name).toList());
        Map<String, Object> named = new LinkedHashMap<>(call.named());
        named.putAll(training(entry));
        return new Call(call.positional(), named);
    }

    /** Of a model. */
    private Call call(ModelGraph.Entry entry) {
        if (ofKeras3) {
            return entry.call();
        }
        Map<String, Object> named = new LinkedHashMap<>(training(entry));
        named.put("mask", null);
        return new Call(List.of(new Call.Tensor(name(entry.inputs().get(0)))), named);
    }

    /** What Keras 2 gives to a function is in the layer that it is here; else only this is for every layer. */
    private static Map<String, Object> training(ModelGraph.Entry entry) {
        Object training = entry.call().named().get("training");
        return training instanceof Boolean ? Map.of("training", training) : Map.of();
    }

    /** Keras 3 takes no slashes. */
    private String name(String given) {
        return ofKeras3 ? given : given.replace('/', '_');
    }

    private Use use(String path, String call) {
        return layout.uses().get(path + call);
    }
}
