package cnn.program;

import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Window;
import java.util.Optional;

/**
 * The weights of one primitive: a layer's, with those of the batch norm behind it.
 *
 * @param layer a convolution, a dense layer, or a batch norm by itself, which is a depthwise 1x1 convolution
 * @param norm the batch norm to fold into it
 */
public record Kernel(Node layer, Optional<Node> norm) {

    public static Kernel of(Node layer) {
        return new Kernel(layer, Optional.empty());
    }

    public boolean canFold() {
        return norm.isEmpty() && !(layer.layer() instanceof BatchNormalization);
    }

    public Kernel with(Node batchNorm) {
        return new Kernel(layer, Optional.of(batchNorm));
    }

    /** Whether a batch norm multiplies its outputs. */
    public boolean isScaled() {
        return !canFold();
    }

    public boolean isDense() {
        return layer.layer() instanceof Dense;
    }

    /** How many groups of channels are convolved by themselves; 0 where all are convolved together. */
    public int groups() {
        return layer.layer() instanceof DepthwiseConv2D || layer.layer() instanceof BatchNormalization
                ? layer.inputShape().channels()
                : 0;
    }

    public int inputs() {
        return layer.inputShape().channels();
    }

    public int outputs() {
        return layer.outputShape().channels();
    }

    public Window window() {
        if (layer.layer() instanceof Conv2D convolution) {
            return convolution.window();
        }
        if (layer.layer() instanceof DepthwiseConv2D convolution) {
            return convolution.window();
        }
        return Window.of(1, 1, Padding.VALID);
    }
}
