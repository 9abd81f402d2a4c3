package cnn.keras;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A model as it is to be written for Keras, with models among its layers.
 *
 * @param type Functional or Sequential
 * @param dtype of a Sequential, as Keras 3 writes it
 * @param input the layer that stands for the input
 * @param output the call that gives the output
 * @param layers in the order of their weights
 * @param shapes of what each call gives
 */
public record ExportedModel(
        String name,
        String type,
        Object dtype,
        boolean trainable,
        String input,
        String output,
        List<ExportedLayer> layers,
        Map<String, Shape> shapes) {
    static final String FLOAT32 = "float32";
    static final String FUNCTIONAL = "Functional";
    static final String SEQUENTIAL = "Sequential";

    public ExportedModel {
        layers = List.copyOf(layers);
        shapes = Map.copyOf(shapes);
    }

    /**
     * All layers of a network in one model.
     *
     * @param trainable which layers training changes, by their names
     */
    public static ExportedModel of(Network network, Predicate<String> trainable) {
        return of(network, KerasNames.plain(network.name()), true, trainable);
    }

    /**
     * A network as Keras's guide to transfer learning builds it: its base is a model within the model, called with {@code
     * training=False}, so that batch norms keep to their statistics also when somebody trains on.
     *
     * @param name of the outer model; the inner one has the network's
     * @param baseOutput the layer that ends the base, through which all goes that lies above
     * @param trainable which layers training changes, by their names
     */
    public static ExportedModel onBase(String name, Network network, String baseOutput, Predicate<String> trainable) {
        Network base = network.upTo(baseOutput);
        List<Node> head = KerasNames.checked(network.above(baseOutput)).nodes();
        List<Node> added = head.subList(1, head.size());
        Set<String> taken =
                added.stream().map(node -> KerasNames.plain(node.name())).collect(Collectors.toSet());
        String baseName = unused(KerasNames.plain(network.name()), taken);
        String input = unused("input_layer", taken);
        boolean thawed = base.nodes().stream().anyMatch(node -> trainable.test(node.name()));
        List<ExportedLayer> layers = new ArrayList<>();
        layers.add(ExportedLayer.input(input, network.input().outputShape()));
        layers.add(ExportedLayer.inferring(of(base, baseName, thawed, trainable), input));
        Map<String, Shape> shapes = new HashMap<>();
        shapes.put(input, network.input().outputShape());
        shapes.put(baseName, base.output().outputShape());
        UnaryOperator<String> names = source -> source.equals(baseOutput) ? baseName : KerasNames.plain(source);
        for (Node node : added) {
            String layer = KerasNames.plain(node.name());
            layers.add(ExportedLayer.of(layer, node, trainable.test(node.name()), names));
            shapes.put(layer, node.outputShape());
        }
        String output = names.apply(network.output().name());
        return new ExportedModel(name, FUNCTIONAL, FLOAT32, true, input, output, layers, shapes);
    }

    private static ExportedModel of(
            Network network, String name, boolean modelTrainable, Predicate<String> layerTrainable) {
        List<ExportedLayer> layers = new ArrayList<>();
        Map<String, Shape> shapes = new HashMap<>();
        for (Node node : KerasNames.checked(network).nodes()) {
            String layer = KerasNames.plain(node.name());
            layers.add(ExportedLayer.of(layer, node, layerTrainable.test(node.name()), KerasNames::plain));
            shapes.put(layer, node.outputShape());
        }
        String input = KerasNames.plain(network.input().name());
        String output = KerasNames.plain(network.output().name());
        return new ExportedModel(name, FUNCTIONAL, FLOAT32, modelTrainable, input, output, layers, shapes);
    }

    /**
     * The same model with layers in front that take the input, one behind the other; their names give way to those that are
     * there.
     */
    public ExportedModel behind(List<Node> front) {
        Set<String> taken = layers.stream().map(ExportedLayer::name).collect(Collectors.toSet());
        List<ExportedLayer> all = new ArrayList<>(layers);
        Map<String, Shape> known = new HashMap<>(shapes);
        int at = !layers.isEmpty() && layers.get(0).isInput() ? 1 : 0;
        String last = input;
        List<ExportedLayer> added = new ArrayList<>();
        for (Node node : front) {
            String from = last;
            String layer = unused(node.name(), taken);
            added.add(ExportedLayer.of(layer, node, false, source -> from));
            known.put(layer, node.outputShape());
            last = layer;
        }
        String end = last;
        all.replaceAll(layer -> layer.renamed(source -> source.equals(input) ? end : source));
        all.addAll(at, added);
        return new ExportedModel(name, type, dtype, trainable, input, output.equals(input) ? end : output, all, known);
    }

    /** A name that is not taken yet, and now is. */
    private static String unused(String name, Set<String> taken) {
        String free = name;
        for (int i = 1; !taken.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
