package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.KernelInitializer.HE_UNIFORM;

import cnn.network.Activation;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dropout;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Window;

/**
 * A small network for images of 32x32 pixels: pairs of 3x3 convolutions between poolings (Simonyan and Zisserman 2014,
 * arXiv:1409.1556), batch norm behind each convolution (Ioffe and Szegedy 2015, arXiv:1502.03167), and the mean of the
 * last map in place of large dense layers (Lin et al. 2013, arXiv:1312.4400). 280,298 parameters for ten classes.
 */
final class VggCifar {
    /** In pixels: so that something is left of the map after two poolings. */
    private static final int LEAST_SIZE = 8;

    private VggCifar() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("vgg-cifar", options, LEAST_SIZE);
        String x = halved(network, convolution(network, 32, network.input()));
        x = convolution(network, 64, x);
        x = halved(network, convolution(network, 64, x));
        x = convolution(network, 128, x);
        x = convolution(network, 128, x);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("global_average_pooling2d", new GlobalPooling2D(Pooling.AVERAGE), x);
        x = network.addUnnamed("dropout", new Dropout(0.2), x);
        return Foundation.classes(network, x, options);
    }

    private static String convolution(NetworkBuilder network, int filters, String input) {
        Window window = Window.of(3, 1, Padding.SAME);
        String x = network.addUnnamed("conv2d", new Conv2D(filters, window, false, LINEAR, HE_UNIFORM), input);
        x = network.addUnnamed("batch_normalization", new BatchNormalization(0.99, 1e-3, true, true), x);
        return network.addUnnamed("activation", new Activation(RELU), x);
    }

    private static String halved(NetworkBuilder network, String input) {
        Window half = Window.of(2, 2, Padding.VALID);
        return network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, half), input);
    }
}
