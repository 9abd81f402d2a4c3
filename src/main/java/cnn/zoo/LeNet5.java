package cnn.zoo;

import static cnn.network.ActivationFunction.TANH;

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
 * LeNet-5: LeCun, Bottou, Bengio and Haffner, Gradient-Based Learning Applied to Document Recognition, 1998, figure 2, as
 * tutorials build it in Keras: tanh throughout, plain average pooling, every map joined to every one below it, a first
 * convolution that keeps the size, softmax. 83,126 parameters for 32x32 pixels and ten classes.
 */
final class LeNet5 {

    private LeNet5() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("lenet5", options, 12);
        String x = convolution(network, 6, Padding.SAME, network.input());
        x = convolution(network, 16, Padding.VALID, x);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("flatten", new Flatten(), x);
        x = network.addUnnamed("dense", new Dense(120, true, TANH), x);
        x = network.addUnnamed("dense", new Dense(84, true, TANH), x);
        return Foundation.classes(network, x, options);
    }

    private static String convolution(NetworkBuilder network, int filters, Padding padding, String input) {
        String x = network.addUnnamed("conv2d", new Conv2D(filters, Window.of(5, 1, padding), true, TANH), input);
        Window half = Window.of(2, 2, Padding.VALID);
        return network.addUnnamed("average_pooling2d", new Pooling2D(Pooling.AVERAGE, half), x);
    }
}
