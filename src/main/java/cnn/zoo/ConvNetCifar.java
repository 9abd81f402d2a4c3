package cnn.zoo;

import static cnn.network.ActivationFunction.RELU;

import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Window;

/**
 * Five convolutions for images of 32x32 pixels: Varma and Das, Deep Learning (an online book), chapter Convolutional
 * Neural Networks, where it is trained on CIFAR-10 with Keras's default initializers. 703,594 parameters for ten classes.
 */
final class ConvNetCifar {
    /** In pixels: so that the last convolution has a place to stand. */
    static final int LEAST_SIZE = 24;

    private ConvNetCifar() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("convnet-cifar", options, LEAST_SIZE);
        String x = features(network);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("flatten", new Flatten(), x);
        x = network.addUnnamed("dense", new Dense(1024, true, RELU), x);
        return Foundation.classes(network, x, options);
    }

    /** The convolutions; what they give of 32x32 pixels is a map of 3x3x64. */
    static String features(NetworkBuilder network) {
        String x = convolution(network, 32, network.input());
        x = halved(network, convolution(network, 32, x));
        x = convolution(network, 64, x);
        x = halved(network, convolution(network, 64, x));
        return convolution(network, 64, x);
    }

    private static String convolution(NetworkBuilder network, int filters, String input) {
        Window window = Window.of(3, 1, Padding.VALID);
        return network.addUnnamed("conv2d", new Conv2D(filters, window, true, RELU), input);
    }

    private static String halved(NetworkBuilder network, String input) {
        Window half = Window.of(2, 2, Padding.VALID);
        return network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, half), input);
    }
}
