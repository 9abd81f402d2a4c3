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
 * Four convolutions for cats and dogs of 150x150 pixels: Chollet, Deep Learning with Python, 2017, listing 5.5.
 * 3,453,121 parameters for two classes.
 */
final class ConvNetSmall {

    private ConvNetSmall() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("convnet-small", options, 46);
        Window window = Window.of(3, 1, Padding.VALID);
        Window half = Window.of(2, 2, Padding.VALID);
        String x = network.input();
        for (int filters : new int[] {32, 64, 128, 128}) {
            x = network.addUnnamed("conv2d", new Conv2D(filters, window, true, RELU), x);
            x = network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, half), x);
        }
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("flatten", new Flatten(), x);
        x = network.addUnnamed("dense", new Dense(512, true, RELU), x);
        return Foundation.classes(network, x, options);
    }
}
