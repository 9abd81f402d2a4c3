package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU6;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Window;
import java.util.List;
import java.util.stream.Stream;

/**
 * MobileNetV2 in five widths: Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, arXiv:1801.04381; layers
 * as in Keras's {@code mobilenet_v2.py}.
 */
final class MobileNetV2 {
    private static final int[] FILTERS = {16, 24, 24, 32, 32, 32, 64, 64, 64, 64, 96, 96, 96, 160, 160, 160, 320};
    private static final int[] STRIDES = {1, 2, 1, 2, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1};
    private static final int EXPANSION = 6;
    private static final int FEATURES = 1280;

    private MobileNetV2() {}

    static List<ZooModel> models() {
        return Stream.of("0.35", "0.5", "0.75", "1.0", "1.3", "1.4")
                .map(MobileNetV2::model)
                .toList();
    }

    /** @param width the share of the full network's filters that every layer has */
    private static ZooModel model(String width) {
        String name = "mobilenetv2-" + width;
        return KerasApplications.of(name, options -> build(name, Double.parseDouble(width), options));
    }

    private static Network build(String name, double alpha, Options options) {
        NetworkBuilder network = Foundation.images(name, options, 32);
        Window halving = Window.of(3, 2, Padding.SAME);
        String x = network.add(
                "Conv1", new Conv2D(Foundation.multipleOf8(32 * alpha), halving, false, LINEAR), network.input());
        x = activated(network, "Conv1_relu", normalised(network, "bn_Conv1", x));
        for (int block = 0; block < FILTERS.length; block++) {
            int filters = Foundation.multipleOf8((int) (FILTERS[block] * alpha));
            x = bottleneck(network, block, filters, STRIDES[block], x);
        }
        // The narrow networks end as wide as the full one.
        int features = Foundation.multipleOf8(FEATURES * Math.max(alpha, 1));
        x = network.add("Conv_1", new Conv2D(features, Window.of(1, 1, Padding.VALID), false, LINEAR), x);
        x = activated(network, "out_relu", normalised(network, "Conv_1_bn", x));
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("global_average_pooling2d", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    /** An inverted residual: wide inside but for the first block's, narrow and without activation at its ends. */
    private static String bottleneck(NetworkBuilder network, int block, int filters, int stride, String input) {
        String prefix = block == 0 ? "expanded_conv_" : "block_" + block + "_";
        int channels = network.shape(input).channels();
        String x = input;
        if (block > 0) {
            x = network.add(prefix + "expand", pointwise(EXPANSION * channels), x);
            x = normalised(network, prefix + "expand_BN", x);
            x = activated(network, prefix + "expand_relu", x);
        }
        if (stride > 1) {
            x = Foundation.paddedForHalving(network, prefix + "pad", 3, x);
        }
        Window window = Window.of(3, stride, stride > 1 ? Padding.VALID : Padding.SAME);
        x = network.add(prefix + "depthwise", new DepthwiseConv2D(window, 1, false, LINEAR), x);
        x = normalised(network, prefix + "depthwise_BN", x);
        x = activated(network, prefix + "depthwise_relu", x);
        x = network.add(prefix + "project", pointwise(filters), x);
        x = normalised(network, prefix + "project_BN", x);
        return stride == 1 && channels == filters ? network.add(prefix + "add", new Add(), input, x) : x;
    }

    private static Conv2D pointwise(int filters) {
        return new Conv2D(filters, Window.of(1, 1, Padding.SAME), false, LINEAR);
    }

    private static String normalised(NetworkBuilder network, String name, String input) {
        return network.add(name, new BatchNormalization(0.999, 1e-3, true, true), input);
    }

    private static String activated(NetworkBuilder network, String name, String input) {
        return network.add(name, new Activation(RELU6), input);
    }
}
