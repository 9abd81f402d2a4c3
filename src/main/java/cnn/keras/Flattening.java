package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.keras.KerasWeights.Slot;
import cnn.keras.NetworkLayout.Group;
import cnn.keras.NetworkLayout.Use;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Origin;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes one network of a model and of those nested in it, so that nothing in it knows of models any more, and remembers how
 * their weights lie in a file.
 */
final class Flattening {
    private final LayerConfig model;
    private final Optional<Shape> inputSize;
    private final Origin origin;
    private final Demand demand;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, String> firstUses = new HashMap<>();
    private final Map<String, String> shared = new HashMap<>();
    private final Map<String, Use> uses = new HashMap<>();
    private final PixelTrace pixels = new PixelTrace();
    /** Nodes that give pictures without an axis for colours, which have one here. */
    private final Set<String> withoutColours = new HashSet<>();

    private NetworkBuilder builder;

    /** What a model's layers become. */
    private record Placed(String output, List<Group> groups, List<LayerSummary> summary) {}

    /**
     * Where a model stands.
     *
     * @param path of the models round it, for each layer to have one of its own
     * @param prefix of the names of layers that would clash with others
     * @param trainable whether no model round it is frozen
     */
    private record Place(String path, String prefix, boolean trainable) {
        Place in(LayerConfig layer, String call) {
            return new Place(path + layer.name() + "/", call + "/", trainable && layer.trainable());
        }
    }

    /** @param origin what wrote the model */
    Flattening(LayerConfig model, Optional<Shape> inputSize, Origin origin) {
        this.model = model;
        this.inputSize = inputSize;
        this.origin = origin;
        this.demand = new Demand(inputSize.isPresent());
    }

    /** @param whole whether all layers must lead to the output, which those of other outputs do not */
    NetworkLayout layout(ModelGraph graph, boolean whole) {
        Shape input = inputSize
                .map(size -> graph.inputShape(size.height(), size.width()))
                .orElseGet(graph::inputShape);
        demand.add(graph.inputName(), input);
        builder = Network.builder(model.name(), graph.inputName(), input);
        pixels.enter(model.name(), builder.input());
        if (graph.inputBatchShape().size() == 3) {
            withoutColours.add(builder.input());
        }
        Placed placed = place(graph, builder.input(), new Place("", "", true));
        Network network = builder.build(placed.output());
        demand.check(network);
        nodes.keySet().stream()
                .filter(node -> whole && !network.has(node))
                .findFirst()
                .ifPresent(node -> {
                    throw UserError.weights("layer %s: no way leads from it to the output".formatted(node));
                });
        return new NetworkLayout(network, placed.groups(), shared, placed.summary(), pixels.evidence(), uses);
    }

    /** Adds the layers of a model behind {@code input}. */
    private Placed place(ModelGraph graph, String input, Place place) {
        Map<String, String> outputs = new HashMap<>(Map.of(graph.inputName(), input));
        Map<String, Group> groups = new HashMap<>();
        Map<String, LayerSummary> summaries = new HashMap<>();
        for (ModelGraph.Entry entry : graph.entries()) {
            List<String> inputs =
                    entry.inputs().stream().map(layer -> placed(outputs, layer)).toList();
            LayerConfig layer = entry.layer();
            if (layer.isModel()) {
                Placed inner = nested(entry, inputs, place);
                outputs.put(entry.name(), inner.output());
                if (!entry.name().equals(layer.name())) {
                    continue;
                }
                groups.put(layer.name(), Group.model(layer.name(), layer.type(), inner.groups()));
                summaries.put(layer.name(), summary(entry, inner));
            } else {
                String added = add(entry.computed(), entry.name(), inputs, place);
                outputs.put(entry.name(), added);
                pixels.add(entry, inputs, added);
                Node node = nodes.get(added);
                String first = firstUses.putIfAbsent(place.path() + layer.name(), added);
                if (first == null) {
                    boolean trainable = place.trainable() && layer.trainable();
                    groups.put(layer.name(), Group.layer(layer.name(), layer.type(), slots(node, trainable)));
                    summaries.put(layer.name(), summary(entry, node, trainable));
                } else {
                    shared.put(added, first);
                }
            }
        }
        outputs.forEach((call, node) -> uses.putIfAbsent(place.path() + call, new Use(node, shown(node))));
        List<LayerSummary> shown = new ArrayList<>();
        if (graph.inputShown()) {
            shown.add(new LayerSummary(
                    graph.inputName(),
                    "InputLayer",
                    false,
                    shown(input),
                    0,
                    0,
                    0,
                    List.of(),
                    List.of(),
                    Optional.empty()));
        }
        graph.layers().stream()
                .map(layer -> summaries.get(layer.name()))
                .filter(line -> line != null)
                .forEach(shown::add);
        List<Group> inOrder = graph.layers().stream()
                .map(layer -> groups.get(layer.name()))
                .filter(group -> group != null)
                .toList();
        return new Placed(placed(outputs, graph.output()), inOrder, shown);
    }

    private static String placed(Map<String, String> outputs, String layer) {
        if (!outputs.containsKey(layer)) {
            throw UserError.weights("model_config: layer %s is used before it is there".formatted(layer));
        }
        return outputs.get(layer);
    }

    private Placed nested(ModelGraph.Entry entry, List<String> inputs, Place place) {
        LayerConfig inner = entry.layer();
        if (inputs.size() != 1) {
            throw UserError.weights(
                    "model %s is used with %d inputs; only one is supported".formatted(inner.name(), inputs.size()));
        }
        pixels.enter(inner.name(), inputs.get(0));
        return place(ModelGraph.of(inner, Optional.empty()), inputs.get(0), place.in(inner, entry.name()));
    }

    private String add(LayerConfig config, String call, List<String> inputs, Place place) {
        try {
            return add(config.layer(builder.shape(inputs.get(0)), origin), call, inputs, place);
        } catch (IllegalArgumentException e) {
            throw UserError.weights("layer %s: %s".formatted(config.name(), Excerpt.of(e.getMessage())), e);
        } catch (ArithmeticException e) {
            throw UserError.weights("layer %s: sizes that are too large to count with".formatted(config.name()), e);
        }
    }

    private String add(Layer layer, String call, List<String> inputs, Place place) {
        String name = builder.has(call) ? place.prefix() + call : call;
        return add(name, layer, inputs);
    }

    private String add(String name, Layer layer, List<String> inputs) {
        builder.add(name, layer, inputs.toArray(String[]::new));
        demand.add(name, builder.shape(name));
        List<Shape> shapes = inputs.stream().map(builder::shape).toList();
        nodes.put(name, new Node(name, layer, inputs, shapes, builder.shape(name)));
        if (withoutColours.containsAll(inputs) && shapes.contains(builder.shape(name))) {
            withoutColours.add(name);
        }
        return name;
    }

    private static List<Slot> slots(Node node, boolean trainable) {
        return node.weights().stream()
                .map(spec -> new Slot(node, spec, trainable && spec.trainable()))
                .toList();
    }

    /** The shape of what a node gives, without the axis that Keras does not have there. */
    private Shape shown(String node) {
        Shape shape = builder.shape(node);
        return withoutColours.contains(node) ? Shape.of(shape.height(), shape.width()) : shape;
    }

    private LayerSummary summary(ModelGraph.Entry entry, Node node, boolean trainable) {
        return new LayerSummary(
                entry.layer().name(),
                entry.layer().type(),
                entry.operator(),
                shown(node.name()),
                node.parameters(),
                trainable ? node.trainableParameters() : 0,
                node.multiplyAdds(),
                entry.inputs(),
                List.of(),
                Optional.of(node));
    }

    private LayerSummary summary(ModelGraph.Entry entry, Placed inner) {
        List<LayerSummary> layers = inner.summary();
        return new LayerSummary(
                entry.layer().name(),
                entry.layer().type(),
                false,
                shown(inner.output()),
                layers.stream().mapToLong(LayerSummary::parameters).sum(),
                layers.stream().mapToLong(LayerSummary::trainable).sum(),
                layers.stream().mapToLong(LayerSummary::multiplyAdds).reduce(0, Math::addExact),
                entry.inputs(),
                layers,
                Optional.empty());
    }
}
