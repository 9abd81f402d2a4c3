package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.network.Activation;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.List;

/**
 * DenseNet121, 169 and 201: Huang et al., Densely Connected Convolutional Networks, arXiv:1608.06993; layers as in Keras's
 * {@code densenet.py}.
 */
final class DenseNet {
    /** How many channels a block adds. */
    private static final int GROWTH = 32;

    private final NetworkBuilder network;

    private DenseNet(NetworkBuilder network) {
        this.network = network;
    }

    static List<ZooModel> models() {
        return List.of(
                model("densenet121", 6, 12, 24, 16),
                model("densenet169", 6, 12, 32, 32),
                model("densenet201", 6, 12, 48, 32));
    }

    /** @param blocks of each stage */
    private static ZooModel model(String name, int... blocks) {
        return KerasApplications.of(
                name, options -> new DenseNet(Foundation.images(name, options, 32)).build(blocks, options));
    }

    private Network build(int[] blocks, Options options) {
        String x = stem();
        for (int stage = 2; stage < blocks.length + 2; stage++) {
            for (int block = 1; block <= blocks[stage - 2]; block++) {
                x = block("conv%d_block%d".formatted(stage, block), x);
            }
            x = stage < blocks.length + 1 ? transition("pool" + stage, x) : normalised("bn", "relu", x);
        }
        if (!options.includeTop()) {
            return Foundation.withoutTopNamed(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    private String stem() {
        String x = network.addUnnamed("zero_padding2d", new ZeroPadding2D(new Pads(3, 3, 3, 3)), network.input());
        x = network.add("conv1_conv", new Conv2D(64, Window.of(7, 2, Padding.VALID), false, LINEAR), x);
        x = normalised("conv1_bn", "conv1_relu", x);
        x = network.addUnnamed("zero_padding2d", new ZeroPadding2D(new Pads(1, 1, 1, 1)), x);
        return network.add("pool1", new Pooling2D(Pooling.MAX, Window.of(3, 2, Padding.VALID)), x);
    }

    private String block(String name, String input) {
        String x = normalised(name + "_0_bn", name + "_0_relu", input);
        x = convolution(name + "_1_conv", 4 * GROWTH, Window.of(1, 1, Padding.VALID), x);
        x = normalised(name + "_1_bn", name + "_1_relu", x);
        x = convolution(name + "_2_conv", GROWTH, Window.of(3, 1, Padding.SAME), x);
        return network.add(name + "_concat", new Concatenate(), input, x);
    }

    /** Halves the map, and the channels too. */
    private String transition(String name, String input) {
        String x = normalised(name + "_bn", name + "_relu", input);
        x = convolution(name + "_conv", network.shape(x).channels() / 2, Window.of(1, 1, Padding.VALID), x);
        return network.add(name + "_pool", new Pooling2D(Pooling.AVERAGE, Window.of(2, 2, Padding.VALID)), x);
    }

    private String convolution(String name, int filters, Window window, String x) {
        return network.add(name, new Conv2D(filters, window, false, LINEAR), x);
    }

    private String normalised(String norm, String relu, String input) {
        String x = network.add(norm, new BatchNormalization(0.99, 1.001e-5, true, true), input);
        return network.add(relu, new Activation(RELU), x);
    }
}
