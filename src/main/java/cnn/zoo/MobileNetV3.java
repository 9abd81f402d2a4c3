package cnn.zoo;

import static cnn.network.ActivationFunction.HARD_SWISH;
import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.RELU6;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.KerasType;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Rescaling;
import cnn.network.Window;
import java.util.List;

/**
 * MobileNetV3, small and large: Howard et al., Searching for MobileNetV3, arXiv:1905.02244; layers as in Keras's
 * {@code mobilenet_v3.py}. Pixels are scaled inside. The minimalistic networks have neither hard swish nor kernels of 5 nor
 * squeeze and excitation.
 *
 * <p>The hard sigmoid of the gates is written as Keras does it: plus 3, cut at 0 and 6, times 1/6.
 */
final class MobileNetV3 {
    private static final List<Block> SMALL = List.of(
            new Block(1, 16, 3, 2, true, false),
            new Block(72.0 / 16, 24, 3, 2, false, false),
            new Block(88.0 / 24, 24, 3, 1, false, false),
            new Block(4, 40, 5, 2, true, true),
            new Block(6, 40, 5, 1, true, true),
            new Block(6, 40, 5, 1, true, true),
            new Block(3, 48, 5, 1, true, true),
            new Block(3, 48, 5, 1, true, true),
            new Block(6, 96, 5, 2, true, true),
            new Block(6, 96, 5, 1, true, true),
            new Block(6, 96, 5, 1, true, true));
    private static final List<Block> LARGE = List.of(
            new Block(1, 16, 3, 1, false, false),
            new Block(4, 24, 3, 2, false, false),
            new Block(3, 24, 3, 1, false, false),
            new Block(3, 40, 5, 2, true, false),
            new Block(3, 40, 5, 1, true, false),
            new Block(3, 40, 5, 1, true, false),
            new Block(6, 80, 3, 2, false, true),
            new Block(2.5, 80, 3, 1, false, true),
            new Block(2.3, 80, 3, 1, false, true),
            new Block(2.3, 80, 3, 1, false, true),
            new Block(6, 112, 3, 1, true, true),
            new Block(6, 112, 3, 1, true, true),
            new Block(6, 160, 5, 2, true, true),
            new Block(6, 160, 5, 1, true, true),
            new Block(6, 160, 5, 1, true, true));
    private static final Window ONE = Window.of(1, 1, Padding.SAME);

    private MobileNetV3() {}

    /**
     * An inverted residual.
     *
     * @param expansion how many times its input's channels it has inside
     * @param gated with squeeze and excitation
     * @param hardSwish or else ReLU
     */
    private record Block(double expansion, int filters, int kernel, int stride, boolean gated, boolean hardSwish) {
        Block minimalistic() {
            return new Block(expansion, filters, 3, stride, false, false);
        }
    }

    static List<ZooModel> models() {
        return List.of(
                model("mobilenetv3-small-0.75", SMALL, 0.75, false),
                model("mobilenetv3-small-1.0", SMALL, 1, false),
                model("mobilenetv3-small-minimalistic", SMALL, 1, true),
                model("mobilenetv3-large-0.75", LARGE, 0.75, false),
                model("mobilenetv3-large-1.0", LARGE, 1, false),
                model("mobilenetv3-large-minimalistic", LARGE, 1, true));
    }

    /** @param alpha the share of the full network's filters that every block has */
    private static ZooModel model(String name, List<Block> blocks, double alpha, boolean minimalistic) {
        List<Block> own =
                minimalistic ? blocks.stream().map(Block::minimalistic).toList() : blocks;
        int last = blocks == SMALL ? 1024 : 1280;
        return KerasApplications.of(name, options -> build(name, own, alpha, last, options));
    }

    /** @param last channels of the layer before the classes */
    private static Network build(String name, List<Block> blocks, double alpha, int last, Options options) {
        NetworkBuilder network = Foundation.images(name, options, 32);
        boolean hardSwish = blocks.get(blocks.size() - 1).hardSwish;
        String x = network.addUnnamed("rescaling", new Rescaling(1 / 127.5, -1), network.input());
        x = network.add("conv", new Conv2D(16, Window.of(3, 2, Padding.SAME), false, LINEAR), x);
        x = activated(network, hardSwish, normalised(network, "conv", x));
        for (int i = 0; i < blocks.size(); i++) {
            String prefix = i == 0 ? "expanded_conv_" : "expanded_conv_" + i + "_";
            Block block = blocks.get(i);
            x = bottleneck(network, prefix, block, Foundation.multipleOf8(block.filters * alpha), i > 0, x);
        }
        int features = Foundation.multipleOf8(network.shape(x).channels() * 6);
        x = network.add("conv_1", pointwise(features, false), x);
        x = activated(network, hardSwish, normalised(network, "conv_1", x));
        if (!options.includeTop()) {
            return Foundation.withoutTopNamed(network, x, options);
        }
        x = network.addUnnamed("global_average_pooling2d", new GlobalPooling2D(Pooling.AVERAGE, true), x);
        x = activated(network, hardSwish, network.add("conv_2", pointwise(last, true), x));
        x = network.addUnnamed("dropout", new Dropout(0.2), x);
        x = network.add("logits", pointwise(options.classes(), true), x);
        x = network.addUnnamed("flatten", new Flatten(), x);
        return network.build(network.add("predictions", new Activation(SOFTMAX), x));
    }

    private static String bottleneck(
            NetworkBuilder network, String prefix, Block block, int filters, boolean expands, String input) {
        int channels = network.shape(input).channels();
        String x = input;
        if (expands) {
            int inside = Foundation.multipleOf8(channels * block.expansion);
            x = network.add(prefix + "expand", pointwise(inside, false), x);
            x = activated(network, block.hardSwish, normalised(network, prefix + "expand", x));
        }
        if (block.stride > 1) {
            x = Foundation.paddedForHalving(network, prefix + "depthwise_pad", block.kernel, x);
        }
        Window window = Window.of(block.kernel, block.stride, block.stride > 1 ? Padding.VALID : Padding.SAME);
        x = network.add(prefix + "depthwise", new DepthwiseConv2D(window, 1, false, LINEAR), x);
        x = activated(network, block.hardSwish, normalised(network, prefix + "depthwise", x));
        if (block.gated) {
            x = gated(network, prefix + "squeeze_excite_", x);
        }
        x = network.add(prefix + "project", pointwise(filters, false), x);
        x = normalised(network, prefix + "project", x);
        boolean residual = block.stride == 1 && channels == filters;
        return residual ? network.add(prefix + "add", new Add(), input, x) : x;
    }

    private static String gated(NetworkBuilder network, String prefix, String input) {
        int channels = network.shape(input).channels();
        String x = network.add(prefix + "avg_pool", new GlobalPooling2D(Pooling.AVERAGE, true), input);
        x = network.add(prefix + "conv", pointwise(Foundation.multipleOf8(channels * 0.25), true), x);
        x = network.add(prefix + "relu", new Activation(RELU, KerasType.RELU), x);
        x = network.add(prefix + "conv_1", pointwise(channels, true), x);
        x = network.addUnnamed("add", new Rescaling(1, 3), x);
        x = network.addUnnamed("re_lu", new Activation(RELU6), x);
        x = network.addUnnamed("multiply", new Rescaling(1.0 / 6, 0), x);
        return network.add(prefix + "mul", new Merge(Merge.Operation.MULTIPLY), input, x);
    }

    private static Conv2D pointwise(int filters, boolean bias) {
        return new Conv2D(filters, ONE, bias, LINEAR);
    }

    private static String normalised(NetworkBuilder network, String name, String input) {
        return network.add(name + "_bn", new BatchNormalization(0.999, 1e-3, true, true), input);
    }

    private static String activated(NetworkBuilder network, boolean hardSwish, String input) {
        return hardSwish
                ? network.addUnnamed("activation", new Activation(HARD_SWISH), input)
                : network.addUnnamed("re_lu", new Activation(RELU, KerasType.RELU), input);
    }
}
