package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;
import static cnn.network.Padding.SAME;
import static cnn.network.Padding.VALID;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.SeparableConv2D;
import cnn.network.Window;
import java.util.List;

/**
 * Xception: Chollet, Xception: Deep Learning with Depthwise Separable Convolutions, arXiv:1610.02357; layers as in Keras's
 * {@code xception.py}.
 */
final class Xception {
    private final NetworkBuilder network;

    private Xception(NetworkBuilder network) {
        this.network = network;
    }

    static List<ZooModel> models() {
        return List.of(KerasApplications.of(
                "xception", options -> new Xception(Foundation.images("xception", options, 71)).build(options)));
    }

    private Network build(Options options) {
        String x = convolution("block1_conv1", 32, 2, network.input());
        x = convolution("block1_conv2", 64, 1, x);
        x = reduction("block2", 128, 128, x);
        x = reduction("block3", 256, 256, x);
        x = reduction("block4", 728, 728, x);
        for (int block = 5; block <= 12; block++) {
            x = middle("block" + block, x);
        }
        x = reduction("block13", 728, 1024, x);
        x = relu("block14_sepconv1", separable("block14_sepconv1", 1536, x));
        x = relu("block14_sepconv2", separable("block14_sepconv2", 2048, x));
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    /** A block that halves the map; block 2 takes what the one before it has already passed through a ReLU. */
    private String reduction(String name, int first, int filters, String input) {
        Conv2D projection = new Conv2D(filters, Window.of(1, 2, SAME), false, LINEAR);
        String shortcut = network.addUnnamed("conv2d", projection, input);
        shortcut = network.addUnnamed("batch_normalization", norm(), shortcut);
        String x = name.equals("block2") ? input : relu(name + "_sepconv1", input);
        x = separable(name + "_sepconv1", first, x);
        x = separable(name + "_sepconv2", filters, relu(name + "_sepconv2", x));
        x = network.add(name + "_pool", new Pooling2D(Pooling.MAX, Window.of(3, 2, SAME)), x);
        return network.addUnnamed("add", new Add(), x, shortcut);
    }

    private String middle(String name, String input) {
        String x = input;
        for (int i = 1; i <= 3; i++) {
            String layer = name + "_sepconv" + i;
            x = separable(layer, 728, relu(layer, x));
        }
        return network.addUnnamed("add", new Add(), x, input);
    }

    private String convolution(String name, int filters, int stride, String input) {
        String x = network.add(name, new Conv2D(filters, Window.of(3, stride, VALID), false, LINEAR), input);
        return relu(name, network.add(name + "_bn", norm(), x));
    }

    private String separable(String name, int filters, String input) {
        String x = network.add(name, new SeparableConv2D(filters, Window.of(3, 1, SAME), 1, false, LINEAR), input);
        return network.add(name + "_bn", norm(), x);
    }

    private String relu(String name, String x) {
        return network.add(name + "_act", new Activation(RELU), x);
    }

    private static BatchNormalization norm() {
        return new BatchNormalization(0.99, 1e-3, true, true);
    }
}
