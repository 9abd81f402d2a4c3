package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;
import static cnn.network.Padding.SAME;
import static cnn.network.Padding.VALID;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Cropping2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.KernelInitializer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.SeparableConv2D;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.List;

/**
 * NASNet Mobile and Large: Zoph et al., Learning Transferable Architectures for Scalable Image Recognition, arXiv:1707.07012;
 * layers as in Keras's {@code nasnet.py}, which numbers the unnamed ones in the order of their creation, as the lines below
 * are ordered.
 */
final class NasNet {
    private final NetworkBuilder network;

    private NasNet(NetworkBuilder network) {
        this.network = network;
    }

    /**
     * What tells the two networks apart.
     *
     * @param blocks normal cells between two reductions
     * @param filters of the first of them
     * @param skipsReduction whether the cell behind a reduction takes, as the one before it, not the reduction's input but
     *     what came one cell earlier
     */
    private record Size(int stemFilters, int blocks, int filters, boolean skipsReduction) {}

    /** What a cell takes: the output of the cell before it, and of the one before that. */
    private record Flow(String last, String earlier) {}

    static List<ZooModel> models() {
        return List.of(
                model("nasnet-mobile", new Size(32, 4, 44, false)), model("nasnet-large", new Size(96, 6, 168, true)));
    }

    private static ZooModel model(String name, Size size) {
        return KerasApplications.of(
                name, options -> new NasNet(Foundation.images(name, options, 32)).build(size, options));
    }

    private Network build(Size size, Options options) {
        Conv2D stem = convolution(size.stemFilters, Window.of(3, 2, VALID));
        String x = network.add("stem_bn1", norm(), network.add("stem_conv1", stem, network.input()));
        Flow flow = new Flow(reduction("stem_1", size.filters / 4, new Flow(x, x)), x);
        flow = new Flow(reduction("stem_2", size.filters / 2, flow), flow.last);
        for (int stage = 0; stage < 3; stage++) {
            int filters = size.filters << stage;
            if (stage > 0) {
                String reduced = reduction("reduce_" + stage * size.blocks, filters, flow);
                flow = new Flow(reduced, size.skipsReduction ? flow.earlier : flow.last);
            }
            int first = stage * size.blocks + (stage > 0 ? 1 : 0);
            for (int cell = first; cell < first + size.blocks; cell++) {
                flow = new Flow(normal(String.valueOf(cell), filters, flow), flow.last);
            }
        }
        x = relu(flow.last);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.addUnnamed("global_average_pooling2d", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    /** A cell that keeps the map's size: figure 4 of the paper, left. */
    private String normal(String cell, int filters, Flow flow) {
        String p = adjusted(cell, filters, flow);
        String h = single("normal_conv_1_" + cell, "normal_bn_1_" + cell, filters, relu(flow.last));
        String left1 = separable("normal_left1_" + cell, filters, 5, 1, h);
        String right1 = separable("normal_right1_" + cell, filters, 3, 1, p);
        String x1 = network.add("normal_add_1_" + cell, new Add(), left1, right1);
        String left2 = separable("normal_left2_" + cell, filters, 5, 1, p);
        String right2 = separable("normal_right2_" + cell, filters, 3, 1, p);
        String x2 = network.add("normal_add_2_" + cell, new Add(), left2, right2);
        String left3 = averages("normal_left3_" + cell, h);
        String x3 = network.add("normal_add_3_" + cell, new Add(), left3, p);
        String left4 = averages("normal_left4_" + cell, p);
        String right4 = averages("normal_right4_" + cell, p);
        String x4 = network.add("normal_add_4_" + cell, new Add(), left4, right4);
        String left5 = separable("normal_left5_" + cell, filters, 3, 1, h);
        String x5 = network.add("normal_add_5_" + cell, new Add(), left5, h);
        return network.add("normal_concat_" + cell, new Concatenate(), p, x1, x2, x3, x4, x5);
    }

    /** A cell that halves the map: figure 4 of the paper, right. */
    private String reduction(String cell, int filters, Flow flow) {
        String p = adjusted(cell, filters, flow);
        String h = single("reduction_conv_1_" + cell, "reduction_bn_1_" + cell, filters, relu(flow.last));
        String padded = Foundation.paddedForHalving(network, "reduction_pad_1_" + cell, 3, h);
        String left1 = separable("reduction_left1_" + cell, filters, 5, 2, h);
        String right1 = separable("reduction_right1_" + cell, filters, 7, 2, p);
        String x1 = network.add("reduction_add_1_" + cell, new Add(), left1, right1);
        Window half = Window.of(3, 2, VALID);
        String left2 = network.add("reduction_left2_" + cell, new Pooling2D(Pooling.MAX, half), padded);
        String right2 = separable("reduction_right2_" + cell, filters, 7, 2, p);
        String x2 = network.add("reduction_add_2_" + cell, new Add(), left2, right2);
        String left3 = network.add("reduction_left3_" + cell, new Pooling2D(Pooling.AVERAGE, half), padded);
        String right3 = separable("reduction_right3_" + cell, filters, 5, 2, p);
        String x3 = network.add("reduction_add3_" + cell, new Add(), left3, right3);
        String x4 = network.addUnnamed("add", new Add(), x2, averages("reduction_left4_" + cell, x1));
        String left5 = separable("reduction_left4_" + cell, filters, 3, 1, x1);
        String right5 = network.add("reduction_right5_" + cell, new Pooling2D(Pooling.MAX, half), padded);
        String x5 = network.add("reduction_add4_" + cell, new Add(), left5, right5);
        return network.add("reduction_concat_" + cell, new Concatenate(), x2, x3, x4, x5);
    }

    /** The earlier of a cell's inputs, of the size that the last one has, with {@code filters} channels. */
    private String adjusted(String cell, int filters, Flow flow) {
        String p = flow.earlier;
        Shape from = network.shape(p);
        Shape to = network.shape(flow.last);
        if (p.equals(flow.last)) {
            return p;
        }
        if (from.height() != to.height() || from.width() != to.width()) {
            return halved(cell, filters, p);
        }
        return from.channels() == filters
                ? p
                : single("adjust_conv_projection_" + cell, "adjust_bn_" + cell, filters, relu(p));
    }

    /** Every second cell, starting from the first for one half of the channels, from the second for the other. */
    private String halved(String cell, int filters, String input) {
        Pooling2D everySecond = new Pooling2D(Pooling.AVERAGE, Window.of(1, 2, VALID));
        Conv2D projection = convolution(filters / 2, Window.of(1, 1, SAME));
        String x = network.add("adjust_relu_1_" + cell, new Activation(RELU), input);
        String even = network.add("adjust_avg_pool_1_" + cell, everySecond, x);
        even = network.add("adjust_conv_1_" + cell, projection, even);
        String odd = network.addUnnamed("zero_padding2d", new ZeroPadding2D(new Pads(0, 1, 0, 1)), x);
        odd = network.addUnnamed("cropping2d", new Cropping2D(new Pads(1, 0, 1, 0)), odd);
        odd = network.add("adjust_avg_pool_2_" + cell, everySecond, odd);
        odd = network.add("adjust_conv_2_" + cell, projection, odd);
        String both = network.addUnnamed("concatenate", new Concatenate(), even, odd);
        return network.add("adjust_bn_" + cell, norm(), both);
    }

    /** Two separable convolutions, of which the first has the stride. */
    private String separable(String name, int filters, int kernel, int stride, String input) {
        String x = relu(input);
        if (stride > 1) {
            x = Foundation.paddedForHalving(network, "separable_conv_1_pad_" + name, kernel, x);
        }
        Window first = Window.of(kernel, stride, stride > 1 ? VALID : SAME);
        x = network.add("separable_conv_1_" + name, new SeparableConv2D(filters, first, 1, false, LINEAR), x);
        x = relu(network.add("separable_conv_1_bn_" + name, norm(), x));
        Window second = Window.of(kernel, 1, SAME);
        x = network.add("separable_conv_2_" + name, new SeparableConv2D(filters, second, 1, false, LINEAR), x);
        return network.add("separable_conv_2_bn_" + name, norm(), x);
    }

    private String single(String name, String norm, int filters, String input) {
        String x = network.add(name, convolution(filters, Window.of(1, 1, SAME)), input);
        return network.add(norm, norm(), x);
    }

    private String averages(String name, String x) {
        return network.add(name, new Pooling2D(Pooling.AVERAGE, Window.of(3, 1, SAME)), x);
    }

    private String relu(String x) {
        return network.addUnnamed("activation", new Activation(RELU), x);
    }

    private static Conv2D convolution(int filters, Window window) {
        return new Conv2D(filters, window, false, LINEAR, KernelInitializer.HE_NORMAL);
    }

    private static BatchNormalization norm() {
        return new BatchNormalization(0.9997, 1e-3, true, true);
    }
}
