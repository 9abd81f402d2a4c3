package cnn.model;

import cnn.keras.ScalingEvidence;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Normalization;
import cnn.network.Padding;
import cnn.network.Rescaling;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.zoo.Preprocessing;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of Keras that do to pixels from 0 to 255 what is otherwise done before a network; layers that every version and
 * backend of Keras has. Colours are turned round by a convolution with a kernel of zeros and ones, since PyTorch has no slice
 * with a negative step.
 */
record ScalingLayers(Preprocessing scaling) {
    private static final List<Double> CAFFE_MEANS = List.of(103.939, 116.779, 123.68);
    private static final List<Double> TORCH_MEANS = List.of(0.485 * 255, 0.456 * 255, 0.406 * 255);
    private static final List<Double> TORCH_VARIANCES =
            List.of(square(0.229 * 255), square(0.224 * 255), square(0.225 * 255));
    private static final Layer TURN =
            new Conv2D(3, Window.of(1, 1, 1, Padding.VALID), false, ActivationFunction.LINEAR);
    private static final float[] TURNED = {0, 0, 1, 0, 1, 0, 1, 0, 0};

    /** One behind the other, the first on the input. */
    List<Node> nodes(String input, Shape shape) {
        List<Node> nodes = new ArrayList<>();
        String last = input;
        for (Map.Entry<String, Layer> layer : layers().entrySet()) {
            nodes.add(new Node(layer.getKey(), layer.getValue(), List.of(last), List.of(shape), shape));
            last = layer.getKey();
        }
        return nodes;
    }

    /** The weights of these layers too. */
    Weights with(Weights others) {
        return (node, spec) -> node.layer() == TURN ? FloatBuffer.wrap(TURNED) : others.values(node, spec);
    }

    /** Whether a network begins with these layers, and all goes through them. */
    boolean begin(Network network, Weights weights) {
        List<Layer> expected = List.copyOf(layers().values());
        List<Node> nodes = network.nodes();
        if (expected.isEmpty() || nodes.size() <= expected.size() + 1) {
            return false;
        }
        List<String> below =
                nodes.subList(0, expected.size()).stream().map(Node::name).toList();
        for (int i = 0; i < expected.size(); i++) {
            Node node = nodes.get(i + 1);
            boolean same = node.layer().equals(expected.get(i)) && node.inputs().equals(List.of(below.get(i)));
            boolean turns = !node.layer().equals(TURN)
                    || weights.checkedValues(node, node.weights().get(0)).equals(FloatBuffer.wrap(TURNED));
            if (!same || !turns) {
                return false;
            }
        }
        return nodes.stream().skip(expected.size() + 1).noneMatch(node -> node.inputs().stream()
                .anyMatch(below::contains));
    }

    /** A network that {@link #begin}s with these layers, without them. */
    Network above(Network network) {
        return network.above(network.nodes().get(layers().size()).name());
    }

    private Map<String, Layer> layers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        switch (scaling) {
            case TF -> layers.put("rescaling", new Rescaling(1 / 127.5, -1));
            case UNIT -> layers.put("rescaling", new Rescaling(1 / 255.0, 0));
            case TORCH -> layers.put("normalization", new Normalization(TORCH_MEANS, TORCH_VARIANCES, false));
            case CAFFE -> {
                layers.put(ScalingEvidence.COLOURS_TURNED, TURN);
                layers.put("normalization", new Normalization(CAFFE_MEANS, List.of(1.0, 1.0, 1.0), false));
            }
            case RAW -> {}
        }
        return layers;
    }

    private static double square(double x) {
        return x * x;
    }
}
