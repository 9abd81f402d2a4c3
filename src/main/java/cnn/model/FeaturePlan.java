package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.keras.NetworkLayout;
import cnn.model.ModelRequest.InputSize;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.zoo.Options;
import cnn.zoo.ZooModel;
import java.util.List;
import java.util.Optional;

/** Which network the layers asked for are in, and how its weights lie in a file. */
public record FeaturePlan(ZooModel model, ModelRequest request, FeatureRequest wanted) {
    private static final int RGB = 3;

    /**
     * A network and its weights.
     *
     * @param layers those whose outputs are the features
     * @param whole whether it is all of a model that somebody saved, top and all
     */
    public record Matched(Network network, List<String> layers, KerasWeights weights, boolean whole) {

        /** The layer that a new head is put on. */
        public String base() {
            return whole ? lastMap(network) : network.output().name();
        }
    }

    /**
     * Whether a layer is asked for that turns features into classes.
     *
     * @throws UserError if no form of the network has such a layer
     */
    public boolean needsTop() {
        boolean inBase = model.forms().stream().anyMatch(form -> hasAll(form.build(withoutTop())));
        if (!inBase && model.forms().stream().noneMatch(form -> hasAll(form.build(withTop())))) {
            Network whole = model.network(withTop());
            wanted.layers().forEach(whole::node);
        }
        return !inBase;
    }

    /**
     * The smallest network of the zoo that has all layers asked for.
     *
     * @param layersWithWeights as a file names them, which tells the form
     */
    public Network network(List<String> layersWithWeights) {
        return model.network(needsTop() ? withTop() : withoutTop(), layersWithWeights);
    }

    /** The layers asked for; the end of a network without top if none was named. */
    public List<String> layers(Network network) {
        return wanted.layers().isEmpty() ? List.of(network.output().name()) : wanted.layers();
    }

    /**
     * Matches a file's weights, with top or without, with the network that is needed.
     *
     * @throws UserError if they do not fit
     */
    public Matched match(KerasFile file) {
        Optional<NetworkLayout> whole =
                file.layout(request.inputSize().map(size -> Shape.of(size.height(), size.width(), RGB)));
        if (whole.isPresent()) {
            return matchWhole(file, whole.get());
        }
        List<String> inFile = file.layersWithWeights();
        Network withTop =
                model.network(needsTop() ? withTop() : model.withTop(model.inputSize(), model.inputSize()), inFile);
        boolean hasTop = inFile.size() == layersWithWeights(withTop);
        if (needsTop() && !hasTop) {
            throw UserError.weights(
                    "%s has %d layers of weights, %s with its classification layers has %d; layer %s needs them"
                            .formatted(
                                    file.path(),
                                    inFile.size(),
                                    model.name(),
                                    layersWithWeights(withTop),
                                    wanted.layers()));
        }
        Network needed = network(inFile);
        // A layer has the same name with and without top, and that is by which its weights are asked for.
        Network stored = hasTop ? withTop : needed;
        return new Matched(needed, layers(needed), KerasWeights.match(file, NetworkLayout.of(stored)), false);
    }

    private Matched matchWhole(KerasFile file, NetworkLayout layout) {
        Network network = layout.network();
        List<String> layers = wanted.layers().isEmpty() ? List.of(belowLastDense(network)) : wanted.layers();
        layers.forEach(network::node);
        return new Matched(network, layers, KerasWeights.match(file, layout), true);
    }

    /**
     * The layer whose output goes into the last dense layer, or into the last convolution of a network without any; dropout,
     * which does nothing here, is passed over.
     */
    static String belowLastDense(Network network) {
        List<Node> nodes = network.nodes();
        List<Node> dense =
                ofKind(nodes, Dense.class).isEmpty() ? ofKind(nodes, Conv2D.class) : ofKind(nodes, Dense.class);
        if (dense.isEmpty()) {
            throw UserError.usage(network.name() + " has no dense layer; name a layer with --layer");
        }
        Node below = network.node(dense.get(dense.size() - 1).inputs().get(0));
        while (below.layer() instanceof Dropout) {
            below = network.node(below.inputs().get(0));
        }
        return below.name();
    }

    /** The last feature map before a network of somebody else's turns to classes. */
    private static String lastMap(Network network) {
        List<Node> maps = network.nodes().stream()
                .filter(node -> node.outputShape().isMap())
                .filter(node -> node.outputShape().height() * node.outputShape().width() > 1)
                .toList();
        if (maps.size() < 2) {
            throw UserError.usage(network.name() + " has no feature map; name a layer with --layer");
        }
        return maps.get(maps.size() - 1).name();
    }

    private static List<Node> ofKind(List<Node> nodes, Class<? extends Layer> kind) {
        return nodes.stream().filter(node -> kind.isInstance(node.layer())).toList();
    }

    private boolean hasAll(Network network) {
        List<String> names = network.nodes().stream().map(Node::name).toList();
        return names.containsAll(wanted.layers());
    }

    private static long layersWithWeights(Network network) {
        return network.nodes().stream()
                .filter(node -> !node.weights().isEmpty())
                .count();
    }

    private Options withTop() {
        return model.withTop(height(), width());
    }

    private Options withoutTop() {
        return Options.withoutTop(height(), width(), Optional.empty());
    }

    private int height() {
        return request.inputSize().map(InputSize::height).orElse(model.inputSize());
    }

    private int width() {
        return request.inputSize().map(InputSize::width).orElse(model.inputSize());
    }
}
