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
import java.util.List;

/**
 * VGG16 and VGG19: Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image Recognition, arXiv:1409.1556,
 * configurations D and E; layers as in Keras's {@code vgg16.py} and {@code vgg19.py}.
 */
final class Vgg {
    private static final int[] FILTERS = {64, 128, 256, 512, 512};

    private Vgg() {}

    static List<ZooModel> models() {
        return List.of(
                KerasApplications.of("vgg16", options -> build("vgg16", 3, options)),
                KerasApplications.of("vgg19", options -> build("vgg19", 4, options)));
    }

    /** @param deep convolutions of each of the last three blocks */
    private static Network build(String name, int deep, Options options) {
        NetworkBuilder network = Foundation.images(name, options, 32);
        String x = network.input();
        for (int block = 1; block <= FILTERS.length; block++) {
            for (int i = 1; i <= (block <= 2 ? 2 : deep); i++) {
                Window window = Window.of(3, 1, Padding.SAME);
                x = network.add(
                        "block%d_conv%d".formatted(block, i), new Conv2D(FILTERS[block - 1], window, true, RELU), x);
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
