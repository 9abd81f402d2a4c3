package cnn.zoo;

import static cnn.network.ActivationFunction.SIGMOID;
import static cnn.network.ActivationFunction.SWISH;
import static cnn.network.KernelInitializer.FAN_OUT_NORMAL;

import cnn.network.Conv2D;
import cnn.network.GlobalPooling2D;
import cnn.network.Merge;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;

/**
 * Gates each channel of a map by what the whole map holds: Hu et al., Squeeze-and-Excitation Networks, arXiv:1709.01507; layers
 * as both EfficientNets of Keras have them.
 */
final class SqueezeAndExcitation {
    private static final Window ONE = Window.of(1, 1, Padding.SAME);

    private SqueezeAndExcitation() {}

    /** @param width channels of the vector in between */
    static String add(NetworkBuilder network, String block, int width, String input) {
        int channels = network.shape(input).channels();
        String x = network.add(block + "se_squeeze", new GlobalPooling2D(Pooling.AVERAGE), input);
        x = network.add(block + "se_reshape", new Reshape(Shape.of(1, 1, channels)), x);
        x = network.add(block + "se_reduce", new Conv2D(width, ONE, true, SWISH, FAN_OUT_NORMAL), x);
        x = network.add(block + "se_expand", new Conv2D(channels, ONE, true, SIGMOID, FAN_OUT_NORMAL), x);
        return network.add(block + "se_excite", new Merge(Merge.Operation.MULTIPLY), input, x);
    }
}
