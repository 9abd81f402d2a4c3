package cnn.program;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.Layer;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides which padding layers vanish into the windows behind them. A convolution's own padding is zeros, so it takes
 * any; a mean takes them if it has none of its own, and counts them; a maximum ignores its own padding, so it takes
 * zeros only where nothing is smaller than zero. No window may lie in the padding altogether.
 */
public final class Borders {
    private final Readers readers;
    private final Map<String, Pads> absorbed = new HashMap<>();

    public Borders(Readers readers) {
        this.readers = readers;
    }

    /** Lets the padding layer {@code node} vanish, if all its readers can do without it. */
    public boolean absorb(Node node, Pads pads) {
        boolean allTake = !readers.isAskedFor(node.name())
                && readers.of(node.name()).stream().allMatch(reader -> takes(reader, node, pads));
        if (allTake) {
            absorbed.put(node.name(), pads);
        }
        return allTake;
    }

    /** The padding of a layer that has vanished; none for all others. */
    public Pads absorbed(String layer) {
        return absorbed.getOrDefault(layer, Pads.NONE);
    }

    /** The layer inside a vanished padding; all others themselves. */
    public String inside(String layer) {
        return absorbed.containsKey(layer) ? readers.node(layer).inputs().get(0) : layer;
    }

    private boolean takes(Node reader, Node padding, Pads pads) {
        Layer layer = reader.layer();
        if (layer instanceof Conv2D convolution) {
            return fits(pads, convolution.window(), padding);
        }
        if (layer instanceof DepthwiseConv2D convolution) {
            return fits(pads, convolution.window(), padding);
        }
        if (layer instanceof Pooling2D pooling) {
            boolean sameResult = pooling.pooling() == Pooling.MAX
                    ? notNegative(padding)
                    : pooling.window().padding() == Padding.VALID;
            return sameResult && fits(pads, pooling.window(), padding);
        }
        return false;
    }

    private static boolean fits(Pads pads, Window window, Node padding) {
        Pads all = pads.plus(window.pads(padding.outputShape()));
        int extentHeight = (window.kernelHeight() - 1) * window.dilationHeight() + 1;
        int extentWidth = (window.kernelWidth() - 1) * window.dilationWidth() + 1;
        return Math.max(all.top(), all.bottom()) < extentHeight && Math.max(all.left(), all.right()) < extentWidth;
    }

    private boolean notNegative(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Activation activation) {
            return notNegative(node, activation.function());
        }
        if (layer instanceof Conv2D convolution) {
            return notNegative(convolution.activation());
        }
        if (layer instanceof DepthwiseConv2D convolution) {
            return notNegative(convolution.activation());
        }
        if (layer instanceof Dense dense) {
            return notNegative(dense.activation());
        }
        return keepsSign(layer) && node.inputs().stream().map(readers::node).allMatch(this::notNegative);
    }

    private boolean notNegative(Node node, ActivationFunction function) {
        return notNegative(function) || notNegative(readers.node(node.inputs().get(0)));
    }

    private static boolean notNegative(ActivationFunction function) {
        return switch (function) {
            case RELU, RELU6, SIGMOID, SOFTMAX -> true;
            case LINEAR, TANH -> false;
        };
    }

    private static boolean keepsSign(Layer layer) {
        return layer instanceof ZeroPadding2D
                || layer instanceof Pooling2D
                || layer instanceof GlobalPooling2D
                || layer instanceof Add
                || layer instanceof Concatenate
                || layer instanceof Flatten
                || layer instanceof Reshape
                || layer instanceof Dropout;
    }
}
