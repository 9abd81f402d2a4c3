package cnn.evaluate;

import cnn.UserError;
import cnn.model.Model;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.program.ClassGradient;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Where in a picture a network sees a class: Grad-CAM (Selvaraju et al. 2017, equations 1 and 2). The channels of a
 * layer's feature map are summed, each times the mean of the gradient that the class's result before softmax or sigmoid
 * has by that channel; what remains below zero counts as nothing. Used by one thread; holds native memory until closed.
 */
public final class GradCam implements AutoCloseable {
    private final Node layer;
    private final ForwardPass below;
    private final ClassGradient above;

    private GradCam(Node layer, ForwardPass below, ClassGradient above) {
        this.layer = layer;
        this.below = below;
        this.above = above;
    }

    /**
     * Prepares a model to be explained; to be closed before the model.
     *
     * @param layer the one whose feature map is looked at; if empty, the last one that gives a map of more than one place
     * @throws UserError if there is no such layer, it gives no feature map, or something passes it by
     */
    public static GradCam open(Model model, Optional<String> layer) {
        Network network = model.network();
        Node node = layer.isPresent() ? map(network, layer.get()) : lastMap(network);
        ForwardPass below = model.forward(List.of(node.name()), 1);
        try {
            return new GradCam(node, below, model.gradient(node.name()));
        } catch (RuntimeException | Error e) {
            below.close();
            throw e;
        }
    }

    /** The layer whose feature map is looked at. */
    public String layer() {
        return layer.name();
    }

    /**
     * What speaks for a class.
     *
     * @param nhwc one prepared picture
     */
    public Heat of(FloatBuffer nhwc, int classIndex) {
        float[] map = below.run(nhwc, 1).get(0);
        float[] gradient = above.of(FloatBuffer.wrap(map), classIndex);
        Shape shape = layer.outputShape();
        return new Heat(shape.height(), shape.width(), weighed(map, gradient, shape.channels()));
    }

    /** The channels of {@code map} times the means of their gradients, summed, without what is below 0, up to 1. */
    static float[] weighed(float[] map, float[] gradient, int channels) {
        int places = map.length / channels;
        double[] weights = new double[channels];
        for (int i = 0; i < gradient.length; i++) {
            weights[i % channels] += gradient[i] / (double) places;
        }
        double[] sums = new double[places];
        double most = 0;
        for (int place = 0; place < places; place++) {
            for (int channel = 0; channel < channels; channel++) {
                sums[place] += weights[channel] * map[place * channels + channel];
            }
            most = Math.max(most, sums[place]);
        }
        float[] heat = new float[places];
        for (int place = 0; place < places; place++) {
            heat[place] = most == 0 ? 0 : (float) Math.max(0, sums[place] / most);
        }
        return heat;
    }

    @Override
    public void close() {
        above.close();
        below.close();
    }

    private static Node map(Network network, String layer) {
        Node node = network.node(layer);
        if (!node.outputShape().isMap()) {
            throw UserError.usage("layer %s of %s gives no feature map but %s; the last that does is %s"
                    .formatted(
                            layer,
                            network.name(),
                            node.outputShape(),
                            lastMap(network).name()));
        }
        if (!isCut(network, layer)) {
            throw UserError.usage("some results of %s pass by layer %s; the last that sees all is %s"
                    .formatted(network.name(), layer, lastMap(network).name()));
        }
        return node;
    }

    private static Node lastMap(Network network) {
        List<Node> nodes = network.nodes();
        for (int i = nodes.size() - 2; i > 0; i--) {
            Node node = nodes.get(i);
            Shape shape = node.outputShape();
            if (shape.isMap() && shape.height() * shape.width() > 1 && isCut(network, node.name())) {
                return node;
            }
        }
        throw UserError.data(network.name() + " has no layer with a feature map; it cannot be explained");
    }

    private static boolean isCut(Network network, String layer) {
        try {
            network.above(layer);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
