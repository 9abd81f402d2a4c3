package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.BatchNormalization;
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
 * ResNet50V2, 101 and 152: He et al., Identity Mappings in Deep Residual Networks, arXiv:1603.05027; layers as in Keras's
 * {@code resnet.py}, whose stages, other than the paper's, step in their last block.
 */
final class ResNetV2 {
    private static final Window ONE = Window.of(1, 1, Padding.VALID);

    private final NetworkBuilder network;

    private ResNetV2(NetworkBuilder network) {
        this.network = network;
    }

    static List<ZooModel> models() {
        return List.of(
                model("resnet50v2", 3, 4, 6, 3), model("resnet101v2", 3, 4, 23, 3), model("resnet152v2", 3, 8, 36, 3));
    }

    /** @param blocks of each stage */
    private static ZooModel model(String name, int... blocks) {
        return KerasApplications.of(
                name, options -> new ResNetV2(Foundation.images(name, options, 32)).build(blocks, options));
    }

    private Network build(int[] blocks, Options options) {
        String x = padded("conv1_pad", 3, network.input());
        x = convolution("conv1_conv", 64, Window.of(7, 2, Padding.VALID), true, x);
        x = padded("pool1_pad", 1, x);
        x = network.add("pool1_pool", new Pooling2D(Pooling.MAX, Window.of(3, 2, Padding.VALID)), x);
        for (int stage = 2; stage <= 5; stage++) {
            int last = blocks[stage - 2];
            for (int block = 1; block <= last; block++) {
                int stride = block == last && stage < 5 ? 2 : 1;
                x = block("conv%d_block%d".formatted(stage, block), 16 << stage, block == 1, stride, x);
            }
        }
        x = normalised("post", x);
        if (!options.includeTop()) {
            return Foundation.withoutTopNamed(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    private String block(String name, int filters, boolean widens, int stride, String input) {
        String active = normalised(name + "_preact", input);
        String shortcut = input;
        if (widens) {
            shortcut = convolution(name + "_0_conv", 4 * filters, Window.of(1, stride, Padding.VALID), true, active);
        } else if (stride > 1) {
            Window window = Window.of(1, stride, Padding.VALID);
            shortcut = network.addUnnamed("max_pooling2d", new Pooling2D(Pooling.MAX, window), input);
        }
        String x = normalised(name + "_1", convolution(name + "_1_conv", filters, ONE, false, active));
        x = padded(name + "_2_pad", 1, x);
        x = convolution(name + "_2_conv", filters, Window.of(3, stride, Padding.VALID), false, x);
        x = convolution(name + "_3_conv", 4 * filters, ONE, true, normalised(name + "_2", x));
        return network.add(name + "_out", new Add(), shortcut, x);
    }

    private String padded(String name, int cells, String x) {
        return network.add(name, new ZeroPadding2D(new Pads(cells, cells, cells, cells)), x);
    }

    private String convolution(String name, int filters, Window window, boolean useBias, String x) {
        return network.add(name, new Conv2D(filters, window, useBias, LINEAR), x);
    }

    private String normalised(String name, String input) {
        String x = network.add(name + "_bn", new BatchNormalization(0.99, 1.001e-5, true, true), input);
        return network.add(name + "_relu", new Activation(RELU), x);
    }
}
