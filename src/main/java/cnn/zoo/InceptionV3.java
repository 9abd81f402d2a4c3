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
import cnn.network.Window;
import java.util.List;

/**
 * InceptionV3: Szegedy et al., Rethinking the Inception Architecture for Computer Vision, arXiv:1512.00567; layers as in
 * Keras's {@code inception_v3.py}.
 *
 * <p>Keras numbers the unnamed layers in the order of their creation, so the order of the lines below is what gives
 * {@code conv2d_42} its meaning. The published weight file counts from 1: its conv2d_43 is conv2d_42 here.
 */
final class InceptionV3 {
    private final NetworkBuilder network;

    private InceptionV3(NetworkBuilder network) {
        this.network = network;
    }

    static List<ZooModel> models() {
        return List.of(KerasApplications.of("inception-v3", InceptionV3::build));
    }

    private static Network build(Options options) {
        InceptionV3 inception = new InceptionV3(Foundation.images("inception-v3", options, 75));
        return inception.layers(options);
    }

    private Network layers(Options options) {
        String x = stem();
        x = grid35("mixed0", 32, x);
        x = grid35("mixed1", 64, x);
        x = grid35("mixed2", 64, x);
        x = reduceTo17(x);
        x = grid17("mixed4", 128, x);
        x = grid17("mixed5", 160, x);
        x = grid17("mixed6", 160, x);
        x = grid17("mixed7", 192, x);
        x = reduceTo8(x);
        x = grid8(0, x);
        x = grid8(1, x);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    private String stem() {
        String x = convolution(32, 3, 3, 2, VALID, network.input());
        x = convolution(32, 3, 3, 1, VALID, x);
        x = convolution(64, 3, 3, 1, SAME, x);
        x = maxPool(x);
        x = convolution(80, 1, 1, 1, VALID, x);
        x = convolution(192, 3, 3, 1, VALID, x);
        return maxPool(x);
    }

    private String grid35(String name, int poolFilters, String x) {
        String one = convolution(64, 1, 1, x);
        String five = convolution(64, 5, 5, convolution(48, 1, 1, x));
        String three = convolution(96, 3, 3, convolution(96, 3, 3, convolution(64, 1, 1, x)));
        String pool = convolution(poolFilters, 1, 1, averagePool(x));
        return network.add(name, new Concatenate(), one, five, three, pool);
    }

    private String reduceTo17(String x) {
        String three = convolution(384, 3, 3, 2, VALID, x);
        String twice = convolution(96, 3, 3, convolution(64, 1, 1, x));
        twice = convolution(96, 3, 3, 2, VALID, twice);
        return network.add("mixed3", new Concatenate(), three, twice, maxPool(x));
    }

    private String grid17(String name, int filters, String x) {
        String one = convolution(192, 1, 1, x);
        String seven = convolution(filters, 1, 7, convolution(filters, 1, 1, x));
        seven = convolution(192, 7, 1, seven);
        String twice = convolution(filters, 7, 1, convolution(filters, 1, 1, x));
        twice = convolution(filters, 7, 1, convolution(filters, 1, 7, twice));
        twice = convolution(192, 1, 7, twice);
        String pool = convolution(192, 1, 1, averagePool(x));
        return network.add(name, new Concatenate(), one, seven, twice, pool);
    }

    private String reduceTo8(String x) {
        String three = convolution(320, 3, 3, 2, VALID, convolution(192, 1, 1, x));
        String seven = convolution(192, 1, 7, convolution(192, 1, 1, x));
        seven = convolution(192, 3, 3, 2, VALID, convolution(192, 7, 1, seven));
        return network.add("mixed8", new Concatenate(), three, seven, maxPool(x));
    }

    private String grid8(int i, String x) {
        String one = convolution(320, 1, 1, x);
        String three = convolution(384, 1, 1, x);
        String wide = convolution(384, 1, 3, three);
        String tall = convolution(384, 3, 1, three);
        three = network.add("mixed9_" + i, new Concatenate(), wide, tall);
        String twice = convolution(384, 3, 3, convolution(448, 1, 1, x));
        wide = convolution(384, 1, 3, twice);
        tall = convolution(384, 3, 1, twice);
        twice = network.addUnnamed("concatenate", new Concatenate(), wide, tall);
        String pool = convolution(192, 1, 1, averagePool(x));
        return network.add("mixed" + (9 + i), new Concatenate(), one, three, twice, pool);
    }

    private String convolution(int filters, int height, int width, String x) {
        return convolution(filters, height, width, 1, SAME, x);
    }

    private String convolution(int filters, int height, int width, int stride, Padding padding, String input) {
        Window window = Window.of(height, width, stride, padding);
        String x = network.addUnnamed("conv2d", new Conv2D(filters, window, false, LINEAR), input);
        x = network.addUnnamed("batch_normalization", new BatchNormalization(0.99, 1e-3, true, false), x);
        return network.addUnnamed("activation", new Activation(RELU), x);
    }

    private String maxPool(String x) {
        return network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, Window.of(3, 2, VALID)), x);
    }

    private String averagePool(String x) {
        return network.addUnnamed("average_pooling2d", new Pooling2D(Pooling.AVERAGE, Window.of(3, 1, SAME)), x);
    }
}
