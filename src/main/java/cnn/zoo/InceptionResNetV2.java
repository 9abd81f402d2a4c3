package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;
import static cnn.network.Padding.SAME;
import static cnn.network.Padding.VALID;

import cnn.network.Activation;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.ScaledSum;
import cnn.network.Window;
import java.util.List;

/**
 * InceptionResNetV2: Szegedy et al., Inception-v4, Inception-ResNet and the Impact of Residual Connections on Learning,
 * arXiv:1602.07261; layers as in Keras's {@code inception_resnet_v2.py}, which numbers the unnamed ones in the order of their
 * creation, as the lines below are ordered.
 */
final class InceptionResNetV2 {
    private final NetworkBuilder network;

    private InceptionResNetV2(NetworkBuilder network) {
        this.network = network;
    }

    static List<ZooModel> models() {
        String name = "inception-resnet-v2";
        return List.of(KerasApplications.of(
                name, options -> new InceptionResNetV2(Foundation.images(name, options, 75)).build(options)));
    }

    private Network build(Options options) {
        String x = mixed5b(stem());
        for (int block = 1; block <= 10; block++) {
            x = relu("block35_" + block, block35("block35_" + block, x));
        }
        x = mixed6a(x);
        for (int block = 1; block <= 20; block++) {
            x = relu("block17_" + block, block17("block17_" + block, x));
        }
        x = mixed7a(x);
        for (int block = 1; block <= 9; block++) {
            x = relu("block8_" + block, block8("block8_" + block, 0.2, x));
        }
        x = block8("block8_10", 1, x);
        x = network.add("conv_7b", new Conv2D(1536, Window.of(1, 1, SAME), false, LINEAR), x);
        x = relu("conv_7b", network.add("conv_7b_bn", norm(), x));
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    private String stem() {
        String x = convolution(32, 3, 3, 2, VALID, network.input());
        x = convolution(32, 3, 3, 1, VALID, x);
        x = convolution(64, 3, 3, x);
        x = maxPool(x);
        x = convolution(80, 1, 1, 1, VALID, x);
        x = convolution(192, 3, 3, 1, VALID, x);
        return maxPool(x);
    }

    private String mixed5b(String x) {
        String one = convolution(96, 1, 1, x);
        String five = convolution(64, 5, 5, convolution(48, 1, 1, x));
        String twice = convolution(96, 3, 3, convolution(96, 3, 3, convolution(64, 1, 1, x)));
        Pooling2D averages = new Pooling2D(Pooling.AVERAGE, Window.of(3, 1, SAME));
        String pool = convolution(64, 1, 1, network.addUnnamed("average_pooling2d", averages, x));
        return network.add("mixed_5b", new Concatenate(), one, five, twice, pool);
    }

    private String block35(String name, String x) {
        String one = convolution(32, 1, 1, x);
        String three = convolution(32, 3, 3, convolution(32, 1, 1, x));
        String twice = convolution(64, 3, 3, convolution(48, 3, 3, convolution(32, 1, 1, x)));
        return residual(name, 0.17, x, one, three, twice);
    }

    private String mixed6a(String x) {
        String three = convolution(384, 3, 3, 2, VALID, x);
        String twice = convolution(256, 3, 3, convolution(256, 1, 1, x));
        twice = convolution(384, 3, 3, 2, VALID, twice);
        return network.add("mixed_6a", new Concatenate(), three, twice, maxPool(x));
    }

    private String block17(String name, String x) {
        String one = convolution(192, 1, 1, x);
        String seven = convolution(192, 7, 1, convolution(160, 1, 7, convolution(128, 1, 1, x)));
        return residual(name, 0.1, x, one, seven);
    }

    private String mixed7a(String x) {
        String three = convolution(384, 3, 3, 2, VALID, convolution(256, 1, 1, x));
        String narrower = convolution(288, 3, 3, 2, VALID, convolution(256, 1, 1, x));
        String twice = convolution(288, 3, 3, convolution(256, 1, 1, x));
        twice = convolution(320, 3, 3, 2, VALID, twice);
        return network.add("mixed_7a", new Concatenate(), three, narrower, twice, maxPool(x));
    }

    private String block8(String name, double scale, String x) {
        String one = convolution(192, 1, 1, x);
        String three = convolution(256, 3, 1, convolution(224, 1, 3, convolution(192, 1, 1, x)));
        return residual(name, scale, x, one, three);
    }

    /** The input plus {@code scale} times what a convolution of single cells makes of the branches. */
    private String residual(String name, double scale, String input, String... branches) {
        int channels = network.shape(input).channels();
        String x = network.add(name + "_mixed", new Concatenate(), branches);
        x = network.add(name + "_conv", new Conv2D(channels, Window.of(1, 1, SAME), true, LINEAR), x);
        return network.addUnnamed("custom_scale_layer", new ScaledSum(scale), input, x);
    }

    private String relu(String name, String x) {
        return network.add(name + "_ac", new Activation(RELU), x);
    }

    private String convolution(int filters, int height, int width, String x) {
        return convolution(filters, height, width, 1, SAME, x);
    }

    private String convolution(int filters, int height, int width, int stride, Padding padding, String input) {
        Window window = Window.of(height, width, stride, padding);
        String x = network.addUnnamed("conv2d", new Conv2D(filters, window, false, LINEAR), input);
        x = network.addUnnamed("batch_normalization", norm(), x);
        return network.addUnnamed("activation", new Activation(RELU), x);
    }

    private String maxPool(String x) {
        return network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, Window.of(3, 2, VALID)), x);
    }

    private static BatchNormalization norm() {
        return new BatchNormalization(0.99, 1e-3, true, false);
    }
}
