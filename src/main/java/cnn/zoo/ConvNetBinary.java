package cnn.zoo;

import static cnn.network.ActivationFunction.RELU;
import static cnn.network.KernelInitializer.HE_UNIFORM;

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
 * One block of VGG's kind for dogs and cats of 200x200 pixels: Brownlee, How to Classify Photos of Dogs and Cats (with 97%
 * accuracy), machinelearningmastery.com, 2019, the baseline, whose ReLU layers start He uniform. 40,961,153 parameters
 * for two classes.
 */
final class ConvNetBinary {

    private ConvNetBinary() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("convnet-binary", options, 2);
        Window window = Window.of(3, 1, Padding.SAME);
        String x = network.addUnnamed("conv2d", new Conv2D(32, window, true, RELU, HE_UNIFORM), network.input());
        Window half = Window.of(2, 2, Padding.VALID);
        x = network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, half), x);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("flatten", new Flatten(), x);
        x = network.addUnnamed("dense", new Dense(128, true, RELU, HE_UNIFORM), x);
        return Foundation.classes(network, x, options);
    }
}
