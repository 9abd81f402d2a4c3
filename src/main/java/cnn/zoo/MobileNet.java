package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU6;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.network.Activation;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.List;

/**
 * MobileNet v1: Howard et al., MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications,
 * arXiv:1704.04861; layers as in Keras's {@code mobilenet.py}.
 *
 * <p>Layers of stride 2 pad one cell at the bottom and right, as Keras has done since June 2018; its first convolution pads as
 * TensorFlow does since Keras 3, which is the same for even sizes. The form of 2018 differs in names at both ends too.
 */
final class MobileNet {
    private static final int[] FILTERS = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
    private static final int[] STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
    private static final Pads BOTTOM_RIGHT = new Pads(0, 1, 0, 1);

    private MobileNet() {}

    static List<ZooModel> models() {
        return List.of(
                model("mobilenet", 1),
                model("mobilenet-0.75", 0.75),
                model("mobilenet-0.50", 0.5),
                model("mobilenet-0.25", 0.25));
    }

    /** @param alpha the width multiplier: every layer has this share of the filters of the full network */
    private static ZooModel model(String name, double alpha) {
        return KerasApplications.of(
                name, options -> build(name, alpha, options, true), options -> build(name, alpha, options, false));
    }

    private static Network build(String name, double alpha, Options options, boolean keras3) {
        NetworkBuilder network = Foundation.images(name, options, 32);
        String x = network.input();
        if (!keras3) {
            x = network.add("conv1_pad", new ZeroPadding2D(BOTTOM_RIGHT), x);
        }
        x = network.add("conv1", convolution(filters(32, alpha), 3, 2, keras3 ? Padding.SAME : Padding.VALID), x);
        x = normalised(network, "conv1", x);
        for (int block = 1; block <= FILTERS.length; block++) {
            x = depthwise(network, block, STRIDES[block - 1], x);
            String pointwise = "conv_pw_" + block;
            x = network.add(pointwise, convolution(filters(FILTERS[block - 1], alpha), 1, 1, Padding.SAME), x);
            x = normalised(network, pointwise, x);
        }
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        return keras3 ? withTop(network, x, options) : withTopOf2018(network, x, options);
    }

    private static String depthwise(NetworkBuilder network, int block, int stride, String input) {
        String x = input;
        String name = "conv_dw_" + block;
        if (stride > 1) {
            x = network.add("conv_pad_" + block, new ZeroPadding2D(BOTTOM_RIGHT), x);
        }
        Window window = Window.of(3, stride, stride > 1 ? Padding.VALID : Padding.SAME);
        x = network.add(name, new DepthwiseConv2D(window, 1, false, LINEAR), x);
        return normalised(network, name, x);
    }

    private static Network withTop(NetworkBuilder network, String features, Options options) {
        GlobalPooling2D pooling = new GlobalPooling2D(Pooling.AVERAGE, true);
        String x = network.addUnnamed("global_average_pooling2d", pooling, features);
        x = network.add("dropout", new Dropout(0.001), x);
        Window one = Window.of(1, 1, Padding.SAME);
        x = network.add("conv_preds", new Conv2D(options.classes(), one, true, LINEAR), x);
        x = network.add("reshape_2", new Reshape(Shape.of(options.classes())), x);
        return network.build(network.add("predictions", new Activation(SOFTMAX), x));
    }

    private static Network withTopOf2018(NetworkBuilder network, String features, Options options) {
        int channels = network.shape(features).channels();
        String x = network.add("global_average_pooling2d_1", new GlobalPooling2D(Pooling.AVERAGE), features);
        x = network.add("reshape_1", new Reshape(Shape.of(1, 1, channels)), x);
        x = network.add("dropout", new Dropout(0.001), x);
        Window one = Window.of(1, 1, Padding.SAME);
        x = network.add("conv_preds", new Conv2D(options.classes(), one, true, LINEAR), x);
        x = network.add("reshape_2", new Reshape(Shape.of(options.classes())), x);
        return network.build(network.add("act_softmax", new Activation(SOFTMAX), x));
    }

    private static Conv2D convolution(int filters, int kernel, int stride, Padding padding) {
        return new Conv2D(filters, Window.of(kernel, stride, padding), false, LINEAR);
    }

    private static String normalised(NetworkBuilder network, String name, String input) {
        String x = network.add(name + "_bn", new BatchNormalization(0.99, 1e-3, true, true), input);
        return network.add(name + "_relu", new Activation(RELU6), x);
    }

    private static int filters(int full, double alpha) {
        return (int) (full * alpha);
    }
}
