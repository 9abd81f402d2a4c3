package cnn.zoo;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.SOFTMAX;
import static cnn.network.ActivationFunction.SWISH;
import static cnn.network.KernelInitializer.FAN_OUT_NORMAL;
import static cnn.network.KernelInitializer.FAN_OUT_UNIFORM;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Normalization;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Rescaling;
import cnn.network.Window;
import java.util.List;
import java.util.stream.Stream;

/**
 * EfficientNet B0 to B7: Tan and Le, EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks,
 * arXiv:1905.11946; layers as in Keras's {@code efficientnet.py}. Pixels are scaled inside.
 *
 * <p>There are two forms. The first, for the published weights, scales pixels a second time behind the normalization, whose
 * stored variances are taken for deviations; Keras adds that layer only where it fetches ImageNet's weights itself. The second
 * form lacks it. The layer has no weights, so nothing in a weight file tells the forms apart: by name it is always the first;
 * the second is what a model file of Keras describes whose network began from other weights or none.
 */
final class EfficientNet {
    private static final List<Stage> STAGES = List.of(
            new Stage(3, 1, 16, 1, 1),
            new Stage(3, 2, 24, 6, 2),
            new Stage(5, 2, 40, 6, 2),
            new Stage(3, 3, 80, 6, 2),
            new Stage(5, 3, 112, 6, 1),
            new Stage(5, 4, 192, 6, 2),
            new Stage(3, 1, 320, 6, 1));
    private static final double[] DEVIATIONS_SQUARED = {0.229, 0.224, 0.225};
    private static final double STOCHASTIC_DEPTH = 0.2;

    private EfficientNet() {}

    /** Blocks alike of B0; the first of them has the stride. */
    private record Stage(int kernel, int blocks, int filters, int expansion, int stride) {}

    /** How a network of the family is wider and deeper than B0. */
    private record Scale(double width, double depth, double dropout) {
        int channels(int ofB0) {
            return Foundation.multipleOf8(ofB0 * width);
        }

        int blocks(Stage stage) {
            return (int) Math.ceil(stage.blocks * depth);
        }
    }

    static List<ZooModel> models() {
        return List.of(
                model("efficientnet-b0", new Scale(1.0, 1.0, 0.2)),
                model("efficientnet-b1", new Scale(1.0, 1.1, 0.2)),
                model("efficientnet-b2", new Scale(1.1, 1.2, 0.3)),
                model("efficientnet-b3", new Scale(1.2, 1.4, 0.3)),
                model("efficientnet-b4", new Scale(1.4, 1.8, 0.4)),
                model("efficientnet-b5", new Scale(1.6, 2.2, 0.4)),
                model("efficientnet-b6", new Scale(1.8, 2.6, 0.5)),
                model("efficientnet-b7", new Scale(2.0, 3.1, 0.5)));
    }

    private static ZooModel model(String name, Scale scale) {
        return KerasApplications.of(
                name, options -> build(name, scale, options, true), options -> build(name, scale, options, false));
    }

    private static Network build(String name, Scale scale, Options options, boolean scaledTwice) {
        NetworkBuilder network = Foundation.images(name, options, 32);
        String x = network.addUnnamed("rescaling", new Rescaling(1.0 / 255, 0), network.input());
        x = network.addUnnamed("normalization", new Normalization(List.of(), List.of(), false), x);
        if (scaledTwice) {
            List<Double> factors = Stream.of(DEVIATIONS_SQUARED[0], DEVIATIONS_SQUARED[1], DEVIATIONS_SQUARED[2])
                    .map(square -> 1 / Math.sqrt(square))
                    .toList();
            x = network.addUnnamed("rescaling", new Rescaling(factors, List.of(0.0)), x);
        }
        x = Foundation.paddedForHalving(network, "stem_conv_pad", 3, x);
        Conv2D stem = new Conv2D(scale.channels(32), Window.of(3, 2, Padding.VALID), false, LINEAR, FAN_OUT_NORMAL);
        x = activated(network, "stem_", network.add("stem_conv", stem, x));
        x = blocks(network, scale, x);
        x = activated(network, "top_", network.add("top_conv", pointwise(scale.channels(1280)), x));
        if (!options.includeTop()) {
            return Foundation.withoutTopNamed(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        x = network.add("top_dropout", new Dropout(scale.dropout), x);
        return network.build(
                network.add("predictions", new Dense(options.classes(), true, SOFTMAX, FAN_OUT_UNIFORM), x));
    }

    private static String blocks(NetworkBuilder network, Scale scale, String input) {
        double all = STAGES.stream().mapToInt(scale::blocks).sum();
        String x = input;
        int number = 0;
        for (int i = 0; i < STAGES.size(); i++) {
            Stage stage = STAGES.get(i);
            for (int j = 0; j < scale.blocks(stage); j++) {
                String prefix = "block%d%c_".formatted(i + 1, 'a' + j);
                double drop = STOCHASTIC_DEPTH * number / all;
                x = block(network, prefix, stage, j == 0 ? stage.stride : 1, scale.channels(stage.filters), drop, x);
                number++;
            }
        }
        return x;
    }

    /** An inverted residual with squeeze and excitation, whose width is a quarter of the block's own input. */
    private static String block(
            NetworkBuilder network, String prefix, Stage stage, int stride, int filters, double drop, String input) {
        int channels = network.shape(input).channels();
        String x = input;
        if (stage.expansion > 1) {
            x = network.add(prefix + "expand_conv", pointwise(channels * stage.expansion), x);
            x = activated(network, prefix + "expand_", x);
        }
        if (stride > 1) {
            x = Foundation.paddedForHalving(network, prefix + "dwconv_pad", stage.kernel, x);
        }
        Window window = Window.of(stage.kernel, stride, stride > 1 ? Padding.VALID : Padding.SAME);
        x = network.add(prefix + "dwconv", new DepthwiseConv2D(window, 1, false, LINEAR, FAN_OUT_NORMAL), x);
        x = activated(network, prefix, x);
        x = SqueezeAndExcitation.add(network, prefix, Math.max(1, channels / 4), x);
        x = network.add(prefix + "project_conv", pointwise(filters), x);
        x = network.add(prefix + "project_bn", norm(), x);
        if (stride > 1 || channels != filters) {
            return x;
        }
        x = network.add(prefix + "drop", new Dropout(drop, 3), x);
        return network.add(prefix + "add", new Add(), x, input);
    }

    private static Conv2D pointwise(int filters) {
        return new Conv2D(filters, Window.of(1, 1, Padding.SAME), false, LINEAR, FAN_OUT_NORMAL);
    }

    private static String activated(NetworkBuilder network, String prefix, String input) {
        String x = network.add(prefix + "bn", norm(), input);
        return network.add(prefix + "activation", new Activation(SWISH), x);
    }

    private static BatchNormalization norm() {
        return new BatchNormalization(0.99, 1e-3, true, true);
    }
}
