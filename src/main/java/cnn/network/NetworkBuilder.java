package cnn.network;

import cnn.UserError;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts layers together, inputs before those who use them; each method returns the name of the layer added. */
public final class NetworkBuilder {
    private final String network;
    private final String inputName;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    NetworkBuilder(String network, String inputName, Shape inputShape) {
        this.network = network;
        this.inputName = inputName;
        nodes.put(
                inputName, new Node(inputName, new InputLayer(inputShape), List.of(), List.of(inputShape), inputShape));
    }

    /** The name of the input layer. */
    public String input() {
        return inputName;
    }

    public boolean has(String layer) {
        return nodes.containsKey(layer);
    }

    /** The shape of what the layer of that name gives. */
    public Shape shape(String layer) {
        return nodes.get(layer).outputShape();
    }

    /**
     * Adds a layer under a name of its own.
     *
     * @throws UserError if the layer cannot take the shapes that its inputs have
     */
    public String add(String name, Layer layer, String... inputs) {
        if (nodes.containsKey(name)) {
            throw new IllegalArgumentException(network + " has two layers named " + name);
        }
        List<Shape> shapes = Arrays.stream(inputs).map(this::shape).toList();
        nodes.put(name, new Node(name, layer, List.of(inputs), shapes, outputShape(name, layer, shapes)));
        return name;
    }

    /** Adds a layer that Keras names itself: {@code kind}, then {@code kind_1}, {@code kind_2} and so on. */
    public String addUnnamed(String kind, Layer layer, String... inputs) {
        String name = kind;
        for (int i = 1; nodes.containsKey(name); i++) {
            name = kind + "_" + i;
        }
        return add(name, layer, inputs);
    }

    /** The network of everything that leads to {@code output}. */
    public Network build(String output) {
        return Network.of(network, nodes, output);
    }

    private Shape outputShape(String name, Layer layer, List<Shape> inputs) {
        try {
            return layer.outputShape(inputs);
        } catch (UserError e) {
            throw UserError.data(network + ", layer " + name + ": " + e.getMessage(), e);
        }
    }
}
