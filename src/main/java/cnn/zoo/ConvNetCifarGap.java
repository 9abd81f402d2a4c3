package cnn.zoo;

import static cnn.network.ActivationFunction.RELU;

import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Pooling;

/**
 * {@link ConvNetCifar} with global max pooling in place of the flattened map: the same chapter of Varma and Das, Deep
 * Learning. 179,306 parameters for ten classes, whatever the size of the images.
 */
final class ConvNetCifarGap {

    private ConvNetCifarGap() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("convnet-cifar-gap", options, ConvNetCifar.LEAST_SIZE);
        String x = ConvNetCifar.features(network);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("global_max_pooling2d", new GlobalPooling2D(Pooling.MAX), x);
        x = network.addUnnamed("dense", new Dense(1024, true, RELU), x);
        return Foundation.classes(network, x, options);
    }
}
