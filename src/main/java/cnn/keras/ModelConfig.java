package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.keras.KerasWeights.Slot;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Reshape;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code model_config}, of Keras 2 or of Keras 3's legacy format, as a network: sequential, functional, or one nested in
 * the other. The layers of a nested model keep their names, with the model's name before them where two would clash.
 */
public final class ModelConfig {
    private final Optional<Shape> inputSize;
    private final Demand demand;
    private final List<PlacedGroup> groups = new ArrayList<>();
    private NetworkBuilder builder;

    /** A layer, or a nested model with all its layers, as the file groups them. */
    private record PlacedGroup(String name, List<PlacedLayer> layers) {}

    private record PlacedLayer(String node, boolean trainable) {}

    private ModelConfig(Optional<Shape> inputSize) {
        this.inputSize = inputSize;
        this.demand = new Demand(inputSize.isPresent());
    }

    /**
     * The one place where what does not make a network becomes the user's to mend.
     *
     * @param json the file's {@code model_config}
     * @param inputSize another input than the file's, or the input where the file leaves it open
     * @throws UserError naming what cannot be represented: of kind WEIGHTS, but DATA where the layers do not fit {@code
     *     inputSize}
     */
    public static NetworkLayout parse(String json, Optional<Shape> inputSize) {
        try {
            return new ModelConfig(inputSize).layout(LayerConfig.of(JsonObject.parse(json)));
        } catch (UserError e) {
            throw e.kind() == UserError.Kind.DATA && inputSize.isEmpty() ? UserError.weights(e.getMessage(), e) : e;
        } catch (IllegalArgumentException e) {
            throw UserError.weights("model_config: " + Excerpt.of(e.getMessage()), e);
        } catch (ArithmeticException e) {
            throw UserError.weights("model_config: sizes that are too large to count with", e);
        }
    }

    /**
     * The functional model that a network is, for Keras 2 and 3; {@link #parse} gives the network back.
     *
     * @return an ordered map of strings, numbers, booleans, null, lists and such maps, to be written as JSON
     */
    public static Map<String, Object> of(Network network) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", network.name());
        config.put("layers", network.nodes().stream().map(ModelConfig::entry).toList());
        config.put("input_layers", List.of(end(network.input())));
        config.put("output_layers", List.of(end(network.output())));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("class_name", "Functional");
        model.put("config", config);
        return model;
    }

    private static Map<String, Object> entry(Node node) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("class_name", node.layer().kerasType().toString());
        entry.put("config", LayerText.of(node.name(), node.layer()));
        entry.put("name", node.name());
        List<Object> tensors = new ArrayList<>();
        node.inputs().forEach(input -> tensors.add(List.of(input, 0, 0, Map.of())));
        entry.put("inbound_nodes", tensors.isEmpty() ? List.of() : List.of(tensors));
        return entry;
    }

    private static List<Object> end(Node node) {
        return List.of(node.name(), 0, 0);
    }

    private NetworkLayout layout(LayerConfig model) {
        if (!model.isModel()) {
            throw UserError.weights("model_config: a model expected, not a layer of type " + Excerpt.of(model.type()));
        }
        ModelGraph graph = ModelGraph.of(model);
        Shape input = inputSize.orElseGet(graph::inputShape);
        demand.add(graph.inputName(), input);
        builder = Network.builder(model.name(), graph.inputName(), input);
        Network network = builder.build(place(graph, builder.input(), true, Optional.empty()));
        demand.check(network);
        List<NetworkLayout.Group> laidOut = new ArrayList<>();
        for (PlacedGroup group : groups) {
            laidOut.add(new NetworkLayout.Group(group.name(), slots(network, group.layers())));
        }
        return new NetworkLayout(network, laidOut);
    }

    /** Adds the layers of a model behind {@code input}; gives the name of its output. */
    private String place(ModelGraph graph, String input, boolean trainable, Optional<PlacedGroup> enclosing) {
        Map<String, String> placed = new HashMap<>(Map.of(graph.inputName(), input));
        for (ModelGraph.Entry entry : graph.entries()) {
            LayerConfig config = entry.layer();
            boolean trained = trainable && config.trainable();
            PlacedGroup group = enclosing.orElseGet(() -> newGroup(config.name()));
            String[] inputs = entry.inputs().stream().map(placed::get).toArray(String[]::new);
            if (config.isModel() && inputs.length != 1) {
                throw UserError.weights("model %s is used with %d inputs; only one is supported"
                        .formatted(config.name(), inputs.length));
            }
            String output = config.isModel()
                    ? place(ModelGraph.of(config), inputs[0], trained, Optional.of(group))
                    : add(config, inputs, enclosing.isPresent() ? group.name() : "");
            if (!config.isModel()) {
                group.layers().add(new PlacedLayer(output, trained));
            }
            placed.put(config.name(), output);
        }
        return placed.get(graph.outputName());
    }

    private PlacedGroup newGroup(String name) {
        PlacedGroup group = new PlacedGroup(name, new ArrayList<>());
        groups.add(group);
        return group;
    }

    private String add(LayerConfig config, String[] inputs, String model) {
        try {
            return add(config, config.layer(builder.shape(inputs[0])), inputs, model);
        } catch (IllegalArgumentException e) {
            throw UserError.weights("layer %s: %s".formatted(config.name(), Excerpt.of(e.getMessage())), e);
        } catch (ArithmeticException e) {
            throw UserError.weights("layer %s: sizes that are too large to count with".formatted(config.name()), e);
        }
    }

    private String add(LayerConfig config, Layer layer, String[] inputs, String model) {
        String name = builder.has(config.name()) ? model + "/" + config.name() : config.name();
        if (config.keepsDimensions()) {
            String pooled = builder.add(name + "/pooled", layer, inputs);
            int channels = builder.shape(pooled).channels();
            return builder.add(name, new Reshape(Shape.of(1, 1, channels)), pooled);
        }
        builder.add(name, layer, inputs);
        demand.add(name, builder.shape(name));
        return name;
    }

    /** Keras saves the trainable weights of a nested model before the others; for a single layer that is its own order. */
    private static List<Slot> slots(Network network, List<PlacedLayer> layers) {
        List<Slot> trainable = new ArrayList<>();
        List<Slot> others = new ArrayList<>();
        for (PlacedLayer layer : layers) {
            if (!network.has(layer.node())) {
                throw UserError.weights("layer %s: no way leads from it to the output".formatted(layer.node()));
            }
            Node node = network.node(layer.node());
            node.weights().forEach(spec -> (layer.trainable() && spec.trainable() ? trainable : others)
                    .add(new Slot(node, spec)));
        }
        trainable.addAll(others);
        return trainable;
    }
}
