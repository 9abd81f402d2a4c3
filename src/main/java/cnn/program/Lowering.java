package cnn.program;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.InputLayer;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a network into steps with as much as possible done in one step. What is put into the step before it must be
 * that step's only reader; the caller who asks for an output is a reader, so no output is ever fused away.
 */
public final class Lowering {
    private final Readers readers;
    private final Borders borders;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();
    /** For layers that do nothing the value that they pass on. */
    private final Map<String, String> aliases = new HashMap<>();

    private Lowering(Readers readers) {
        this.readers = readers;
        this.borders = new Borders(readers);
    }

    /** @throws UnsupportedLayerException if a layer is not known here */
    public static Program lower(Network network, List<String> outputs) {
        Readers readers = Readers.of(network, outputs);
        Lowering lowering = new Lowering(readers);
        for (Node node : readers.nodes()) {
            lowering.shapes.put(node.name(), node.outputShape());
            lowering.lower(node);
            if (readers.isAskedFor(node.name())) {
                lowering.steps.add(new Step.Deliver(lowering.value(node.name()), node.name()));
            }
        }
        List<Node> delivered = outputs.stream().map(network::node).toList();
        return new Program(network.input(), lowering.steps, lowering.shapes, delivered);
    }

    private void lower(Node node) {
        Layer layer = node.layer();
        if (Readers.doesNothing(node)) {
            aliases.put(node.name(), source(node));
        } else if (layer instanceof Conv2D convolution) {
            convolve(node, convolution.window(), convolution.activation());
        } else if (layer instanceof DepthwiseConv2D convolution) {
            convolve(node, convolution.window(), convolution.activation());
        } else if (layer instanceof Dense dense) {
            weighted(new Step.Multiply(Kernel.of(node), source(node), Epilogue.NONE, node.name()), dense.activation());
        } else if (layer instanceof BatchNormalization) {
            normalize(node);
        } else if (layer instanceof Activation activation) {
            activate(node, activation.function());
        } else if (layer instanceof ZeroPadding2D padding) {
            pad(node, padding.pads());
        } else if (layer instanceof Pooling2D pooling) {
            pool(node, pooling.pooling(), pooling.window());
        } else if (layer instanceof GlobalPooling2D pooling) {
            Shape map = node.inputShape();
            pool(node, pooling.pooling(), new Window(map.height(), map.width(), 1, 1, 1, 1, Padding.VALID));
        } else if (layer instanceof Add) {
            add(node);
        } else if (layer instanceof Concatenate) {
            join(node);
        } else if (layer instanceof Flatten || layer instanceof Reshape) {
            steps.add(new Step.Reshape(source(node), node.name()));
        } else if (!(layer instanceof InputLayer)) {
            throw new UnsupportedLayerException(
                    "layer %s: the engine does not know %s".formatted(node.name(), layer.kerasType()));
        }
    }

    private void convolve(Node node, Window window, ActivationFunction activation) {
        String input = node.inputs().get(0);
        Pads pads = borders.absorbed(input).plus(window.pads(node.inputShape()));
        String source = value(borders.inside(input));
        weighted(new Step.Convolve(Kernel.of(node), source, pads, Epilogue.NONE, node.name()), activation);
    }

    private void weighted(Step.Weighted step, ActivationFunction activation) {
        if (activation != ActivationFunction.SOFTMAX) {
            steps.add(step.as(step.kernel(), Epilogue.NONE.then(activation), step.target()));
            return;
        }
        String linear = step.target() + "/linear";
        shapes.put(linear, shapes.get(step.target()));
        steps.add(step.as(step.kernel(), Epilogue.NONE, linear));
        steps.add(new Step.Activate(activation, linear, step.target()));
    }

    private void normalize(Node node) {
        int producer = producerWithOneReader(node.inputs().get(0));
        if (producer >= 0
                && steps.get(producer) instanceof Step.Weighted step
                && step.epilogue().isNone()
                && step.kernel().canFold()) {
            steps.set(producer, step.as(step.kernel().with(node), Epilogue.NONE, node.name()));
        } else {
            steps.add(new Step.Convolve(Kernel.of(node), source(node), Pads.NONE, Epilogue.NONE, node.name()));
        }
    }

    private void activate(Node node, ActivationFunction function) {
        int producer = producerWithOneReader(node.inputs().get(0));
        if (function != ActivationFunction.SOFTMAX
                && producer >= 0
                && steps.get(producer) instanceof Step.Weighted step
                && step.epilogue().isLinear()) {
            steps.set(producer, step.as(step.kernel(), step.epilogue().then(function), node.name()));
        } else {
            steps.add(new Step.Activate(function, source(node), node.name()));
        }
    }

    private void add(Node node) {
        if (node.inputs().size() == 2) {
            String first = node.inputs().get(0);
            String second = node.inputs().get(1);
            if (addTo(first, second, node.name()) || addTo(second, first, node.name())) {
                return;
            }
        }
        steps.add(new Step.Sum(node.inputs().stream().map(this::value).toList(), node.name()));
    }

    /** Lets the convolution that gives {@code result} add the other value, if that is there before it. */
    private boolean addTo(String result, String addend, String target) {
        int producer = producerWithOneReader(result);
        if (producer > producer(value(addend))
                && steps.get(producer) instanceof Step.Convolve step
                && step.epilogue().isNone()) {
            steps.set(producer, step.as(step.kernel(), Epilogue.NONE.plus(value(addend)), target));
            return true;
        }
        return false;
    }

    private void join(Node node) {
        List<String> parts = new ArrayList<>();
        for (String input : node.inputs()) {
            int producer = producerWithOneReader(input);
            if (producer >= 0 && steps.get(producer) instanceof Step.Join inner) {
                parts.addAll(inner.sources());
                steps.remove(producer);
            } else {
                parts.add(value(input));
            }
        }
        steps.add(new Step.Join(parts, node.name()));
    }

    private void pad(Node node, Pads pads) {
        if (!borders.absorb(node, pads)) {
            steps.add(new Step.Pad(pads, source(node), node.name()));
        }
    }

    private void pool(Node node, Pooling pooling, Window window) {
        String input = node.inputs().get(0);
        Pads absorbed = borders.absorbed(input);
        Pads pads = absorbed.plus(window.pads(node.inputShape()));
        boolean countPads = !absorbed.equals(Pads.NONE);
        steps.add(new Step.Pool(pooling, window, pads, countPads, value(borders.inside(input)), node.name()));
    }

    private String source(Node node) {
        return value(node.inputs().get(0));
    }

    private String value(String layer) {
        return aliases.getOrDefault(layer, layer);
    }

    /** The place of the step that gives a layer's output, if that has one reader only; else -1. */
    private int producerWithOneReader(String layer) {
        return readers.count(value(layer)) == 1 ? producer(value(layer)) : -1;
    }

    private int producer(String value) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).target().equals(value) && !(steps.get(i) instanceof Step.Deliver)) {
                return i;
            }
        }
        return -1;
    }
}
