package cnn.zoo;

import static cnn.network.ActivationFunction.RELU;

import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Window;

/**
 * AlexNet for images of 32x32 pixels: Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional
 * Neural Networks, 2012, section 3.5, cut down as tutorials on CIFAR-10 do: all windows keep the size (a map of 1x1 is left
 * of 32x32), batch norm in place of local response normalisation and behind the fifth convolution too, 2,048 units in
 * place of 4,096. The kernels, the overlapping pooling of section 3.4 and the dropout of section 4.2 are the paper's.
 * 8,492,810 parameters for ten classes, 1,216 of them moving statistics.
 */
final class AlexNetCifar {

    private AlexNetCifar() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("alexnet-cifar", options, 11);
        String x = pooled(network, convolution(network, 96, 11, 4, network.input()));
        x = pooled(network, convolution(network, 256, 5, 1, x));
        x = convolution(network, 384, 3, 1, x);
        x = convolution(network, 384, 3, 1, x);
        x = pooled(network, convolution(network, 256, 3, 1, x));
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("flatten", new Flatten(), x);
        for (int i = 0; i < 2; i++) {
            x = network.addUnnamed("dense", new Dense(2048, true, RELU), x);
            x = network.addUnnamed("dropout", new Dropout(0.5), x);
        }
        return Foundation.classes(network, x, options);
    }

    private static String convolution(NetworkBuilder network, int filters, int kernel, int stride, String input) {
        Window window = Window.of(kernel, stride, Padding.SAME);
        return network.addUnnamed("conv2d", new Conv2D(filters, window, true, RELU), input);
    }

    private static String pooled(NetworkBuilder network, String input) {
        String x = network.addUnnamed("batch_normalization", new BatchNormalization(0.99, 1e-3, true, true), input);
        Window window = Window.of(3, 2, Padding.SAME);
        return network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, window), x);
    }
}
