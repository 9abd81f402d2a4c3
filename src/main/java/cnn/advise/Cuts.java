package cnn.advise;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Layer;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.PReLU;
import cnn.network.Pooling2D;
import cnn.network.ScaledSum;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The layers of a network that are worth trying a head on. A stage is what has one resolution; tried are the end of the
 * network, the middle of its last stage, and the ends of the stages before, all at places through which everything passes.
 *
 * @param base a network up to the layer that a head is put on by default
 */
record Cuts(Network base) {
    private static final int STAGES_BEFORE = 3;

    /** The layers, the deepest first: that is the end of the base. */
    List<Node> layers() {
        Set<String> layers = new LinkedHashSet<>();
        layers.add(base.output().name());
        List<Node> starts = stageStarts();
        middleOfLastStage(starts).map(this::below).ifPresent(layers::add);
        for (int i = starts.size() - 1; i >= Math.max(0, starts.size() - STAGES_BEFORE); i--) {
            layers.add(below(starts.get(i)));
        }
        layers.remove(base.input().name());
        return layers.stream().map(base::node).toList();
    }

    /** The first layer of the last stage; nothing where all has one resolution. */
    Optional<String> lastStage() {
        List<Node> starts = stageStarts();
        return starts.isEmpty()
                ? Optional.empty()
                : Optional.of(starts.get(starts.size() - 1).name());
    }

    /** The layers whose maps have about half the height, or less, of all before. */
    private List<Node> stageStarts() {
        List<Node> starts = new ArrayList<>();
        double height = base.input().outputShape().height();
        for (Node node : base.nodes()) {
            Shape shape = node.outputShape();
            boolean pooled = node.layer() instanceof GlobalPooling2D;
            if (shape.isMap() && !pooled && shape.height() <= 0.6 * height) {
                starts.add(node);
                height = shape.height();
            }
        }
        return starts;
    }

    private Optional<Node> middleOfLastStage(List<Node> starts) {
        List<Node> nodes = base.nodes();
        int start = starts.isEmpty() ? 0 : nodes.indexOf(starts.get(starts.size() - 1));
        List<Node> telling = nodes.subList(start, nodes.size()).stream()
                .filter(node -> isTelling(node.layer()))
                .toList();
        return telling.size() < 3 ? Optional.empty() : Optional.of(telling.get((telling.size() + 1) / 2));
    }

    /** The highest place below a layer through which everything passes, and whose features are not on their way to others. */
    private String below(Node layer) {
        Node cut = base.node(base.cutBelow(List.of(layer.name())));
        while (!isTelling(cut.layer()) && !cut.inputs().isEmpty()) {
            cut = base.node(cut.inputs().get(0));
        }
        return cut.name();
    }

    /** Whether a layer gives features that are ready: behind an activation, a sum or a pooling. */
    private static boolean isTelling(Layer layer) {
        return layer instanceof Activation
                || layer instanceof PReLU
                || layer instanceof Add
                || layer instanceof ScaledSum
                || layer instanceof Merge
                || layer instanceof Concatenate
                || layer instanceof Pooling2D
                || layer instanceof GlobalPooling2D
                || (layer instanceof Conv2D convolution && isActive(convolution.activation()))
                || (layer instanceof Dense dense && isActive(dense.activation()));
    }

    private static boolean isActive(ActivationFunction function) {
        return !function.equals(ActivationFunction.LINEAR);
    }
}
