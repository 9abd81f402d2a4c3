package cnn.program;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Dropout;
import cnn.network.Network;
import cnn.network.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The layers that lead to the outputs asked for, and who reads each of them. */
public final class Readers {
    private final Set<String> askedFor;
    private final Map<String, Node> nodes = new HashMap<>();
    private final List<Node> ordered = new ArrayList<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private Readers(List<String> outputs) {
        this.askedFor = Set.copyOf(outputs);
    }

    public static Readers of(Network network, List<String> outputs) {
        Readers readers = new Readers(outputs);
        outputs.forEach(network::node);
        Set<String> needed = new HashSet<>(outputs);
        needed.add(network.input().name());
        List<Node> all = network.nodes();
        for (int i = all.size() - 1; i >= 0; i--) {
            Node node = all.get(i);
            if (needed.contains(node.name())) {
                readers.add(node);
                needed.addAll(node.inputs());
            }
        }
        return readers;
    }

    /** Whether a layer gives what it takes. */
    public static boolean doesNothing(Node node) {
        return node.layer() instanceof Dropout || node.layer().equals(new Activation(ActivationFunction.LINEAR));
    }

    /** The layers, inputs before their readers. */
    public List<Node> nodes() {
        return ordered;
    }

    public Node node(String name) {
        return nodes.get(name);
    }

    public boolean isAskedFor(String layer) {
        return askedFor.contains(layer);
    }

    /** The layers that take this one's output. */
    public List<Node> of(String layer) {
        return readers.getOrDefault(layer, List.of());
    }

    /** How often a layer's output is read, by layers that do something or by the caller. */
    public int count(String layer) {
        return counts.getOrDefault(layer, 0);
    }

    private void add(Node node) {
        ordered.add(0, node);
        nodes.put(node.name(), node);
        if (isAskedFor(node.name())) {
            counts.merge(node.name(), 1, Integer::sum);
        }
        for (String input : node.inputs()) {
            readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
            counts.merge(input, doesNothing(node) ? count(node.name()) : 1, Integer::sum);
        }
    }
}
