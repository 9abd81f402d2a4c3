package cnn.zoo;

import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;

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
 * VGG16: Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, arXiv:1409.1556,
 * configuration D; layers as in Keras's {@code vgg16.py}.
 */
final class Vgg16 {
    private static final int[][] BLOCK_FILTERS = {
        {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
    };

    private Vgg16() {}

    static Network build(Options options) {
        NetworkBuilder network = Foundation.images("vgg16", options, 32);
        String x = network.input();
        for (int block = 1; block <= BLOCK_FILTERS.length; block++) {
            int[] filters = BLOCK_FILTERS[block - 1];
            for (int i = 1; i <= filters.length; i++) {
                Window window = Window.of(3, 1, Padding.SAME);
                x = network.add(
                        "block%d_conv%d".formatted(block, i), new Conv2D(filters[i - 1], window, true, RELU), x);
            }
            x = network.add(
                    "block%d_pool".formatted(block), new Pooling2D(Pooling.MAX, Window.of(2, 2, Padding.VALID)), x);
        }
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.add("flatten", new Flatten(), x);
        x = network.add("fc1", new Dense(4096, true, RELU), x);
        x = network.add("fc2", new Dense(4096, true, RELU), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }
}
