package cnn.network;

import cnn.UserError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network: layers with one input and one output, named and ordered as Keras's {@code model.layers}.
 *
 * <p>That order is by depth, the longest way to the output, deepest first, and among equals by the first visit on the
 * way down from the output (Keras, {@code functional.py}, {@code map_graph_network}). Every node stands behind its inputs.
 */
public final class Network {
    private final String name;
    private final Map<String, Node> nodes;
    private final String output;

    private Network(String name, Map<String, Node> nodes, String output) {
        this.name = name;
        this.nodes = nodes;
        this.output = output;
    }

    public static NetworkBuilder builder(String name, String inputName, Shape inputShape) {
        return new NetworkBuilder(name, inputName, inputShape);
    }

    /** The network of all {@code nodes} that lead to {@code output}, in Keras's order. */
    static Network of(String name, Map<String, Node> nodes, String output) {
        Map<String, Node> ordered = new LinkedHashMap<>();
        for (String node : kerasOrder(nodes, output)) {
            ordered.put(node, nodes.get(node));
        }
        return new Network(name, ordered, output);
    }

    public String name() {
        return name;
    }

    /** All layers in Keras's order; the input layer is the first. */
    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    public Node input() {
        return nodes.values().iterator().next();
    }

    public Node output() {
        return nodes.get(output);
    }

    public boolean has(String layer) {
        return nodes.containsKey(layer);
    }

    /**
     * The layer of that name.
     *
     * @throws UserError if there is none
     */
    public Node node(String layer) {
        Node node = nodes.get(layer);
        if (node == null) {
            throw UserError.usage("%s has no layer '%s'; see `cnn summary -m %s`".formatted(name, layer, name));
        }
        return node;
    }

    /** The part of this network that computes {@code layer}: what lies above it is gone. */
    public Network upTo(String layer) {
        return of(name, nodes, node(layer).name());
    }

    /**
     * The input and whatever else is needed to compute {@code layers}, inputs before their readers.
     *
     * @throws UserError if there is no layer of such a name
     */
    public List<Node> leadingTo(Collection<String> layers) {
        Set<String> needed = new HashSet<>(Set.of(input().name()));
        layers.forEach(layer -> needed.addAll(upTo(layer).nodes.keySet()));
        return nodes.values().stream()
                .filter(node -> needed.contains(node.name()))
                .toList();
    }

    /**
     * The part of this network that computes its output from that of {@code cut}, which takes the place of the input
     * layer and keeps its name.
     *
     * @throws IllegalArgumentException if a layer above takes something that does not pass through {@code cut}
     */
    public Network above(String cut) {
        Node start = node(cut);
        if (start.equals(input())) {
            return this;
        }
        if (!isCut(cut)) {
            throw new IllegalArgumentException("not everything passes through " + cut);
        }
        Set<String> below = upTo(cut).nodes.keySet();
        NetworkBuilder builder = builder(name, cut, start.outputShape());
        nodes.values().stream()
                .filter(node -> !below.contains(node.name()))
                .forEach(node ->
                        builder.add(node.name(), node.layer(), node.inputs().toArray(String[]::new)));
        return builder.build(output);
    }

    /**
     * The highest layer below all of {@code layers} through which passes everything that they compute with: where a
     * network can be cut in two so that they are in the upper part.
     */
    public String cutBelow(Collection<String> layers) {
        layers.forEach(this::node);
        String highest = input().name();
        for (String candidate : nodes.keySet()) {
            Set<String> below = upTo(candidate).nodes.keySet();
            if (isCut(candidate) && layers.stream().noneMatch(below::contains)) {
                highest = candidate;
            }
        }
        return highest;
    }

    private boolean isCut(String cut) {
        Set<String> below = upTo(cut).nodes.keySet();
        return nodes.values().stream()
                .filter(node -> !below.contains(node.name()))
                .flatMap(node -> node.inputs().stream())
                .allMatch(input -> input.equals(cut) || !below.contains(input));
    }

    /** The same layers for another size of input. */
    public Network withInput(Shape shape) {
        return shape.equals(input().outputShape()) ? this : builderFor(shape).build(output);
    }

    /** A builder that holds all these layers, to add more to them. */
    public NetworkBuilder extend() {
        return builderFor(input().outputShape());
    }

    private NetworkBuilder builderFor(Shape shape) {
        NetworkBuilder builder = builder(name, input().name(), shape);
        nodes.values().stream()
                .skip(1)
                .forEach(node ->
                        builder.add(node.name(), node.layer(), node.inputs().toArray(String[]::new)));
        return builder;
    }

    public long parameters() {
        return nodes.values().stream().mapToLong(Node::parameters).sum();
    }

    /** Parameters that training changes by gradient: all but the moving statistics of batch norms. */
    public long trainableParameters() {
        return nodes.values().stream().mapToLong(Node::trainableParameters).sum();
    }

    /** See {@link Layer#multiplyAdds}. */
    public long multiplyAdds() {
        return nodes.values().stream().mapToLong(Node::multiplyAdds).reduce(0, Math::addExact);
    }

    private static List<String> kerasOrder(Map<String, Node> nodes, String output) {
        Map<String, Integer> visits = new HashMap<>();
        List<String> inputsFirst = inputsFirst(nodes, output, visits);

        Map<String, Integer> depths = new HashMap<>(Map.of(output, 0));
        for (int i = inputsFirst.size() - 1; i >= 0; i--) {
            Node node = nodes.get(inputsFirst.get(i));
            int below = depths.get(node.name()) + 1;
            node.inputs().forEach(input -> depths.merge(input, below, Math::max));
        }
        Comparator<String> deepestFirst = Comparator.comparing(depths::get, Comparator.reverseOrder());
        return inputsFirst.stream()
                .sorted(deepestFirst.thenComparing(visits::get))
                .toList();
    }

    /**
     * All that leads to {@code output}, depth first; not by recursion, as networks may be deeper than the stack is.
     *
     * @param visits receives the order in which the way down from the output comes to each
     */
    private static List<String> inputsFirst(Map<String, Node> nodes, String output, Map<String, Integer> visits) {
        List<String> inputsFirst = new ArrayList<>();
        Deque<String> way = new ArrayDeque<>();
        Deque<Iterator<String>> inputs = new ArrayDeque<>();
        visits.put(output, 0);
        way.push(output);
        inputs.push(nodes.get(output).inputs().iterator());
        while (!way.isEmpty()) {
            if (!inputs.peek().hasNext()) {
                inputs.pop();
                inputsFirst.add(way.pop());
                continue;
            }
            String next = inputs.peek().next();
            if (visits.putIfAbsent(next, visits.size()) == null) {
                way.push(next);
                inputs.push(nodes.get(next).inputs().iterator());
            }
        }
        return inputsFirst;
    }
}
