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

/**
 * EfficientNetV2 B0 to B3, S, M and L: Tan and Le, EfficientNetV2: Smaller Models and Faster Training, arXiv:2104.00298; layers
 * as in Keras's {@code efficientnet_v2.py}. Pixels are scaled inside: B0 to B3 by the statistics of ImageNet, the others to
 * -1 .. 1.
 */
final class EfficientNetV2 {
    private static final List<Stage> B = List.of(
            new Stage(1, 16, 1, 1, true),
            new Stage(2, 32, 4, 2, true),
            new Stage(2, 48, 4, 2, true),
            new Stage(3, 96, 4, 2, false),
            new Stage(5, 112, 6, 1, false),
            new Stage(8, 192, 6, 2, false));
    private static final List<Stage> S = List.of(
            new Stage(2, 24, 1, 1, true),
            new Stage(4, 48, 4, 2, true),
            new Stage(4, 64, 4, 2, true),
            new Stage(6, 128, 4, 2, false),
            new Stage(9, 160, 6, 1, false),
            new Stage(15, 256, 6, 2, false));
    private static final List<Stage> M = List.of(
            new Stage(3, 24, 1, 1, true),
            new Stage(5, 48, 4, 2, true),
            new Stage(5, 80, 4, 2, true),
            new Stage(7, 160, 4, 2, false),
            new Stage(14, 176, 6, 1, false),
            new Stage(18, 304, 6, 2, false),
            new Stage(5, 512, 6, 1, false));
    private static final List<Stage> L = List.of(
            new Stage(4, 32, 1, 1, true),
            new Stage(7, 64, 4, 2, true),
            new Stage(7, 96, 4, 2, true),
            new Stage(10, 192, 4, 2, false),
            new Stage(19, 224, 6, 1, false),
            new Stage(25, 384, 6, 2, false),
            new Stage(7, 640, 6, 1, false));
    private static final Normalization IMAGENET = new Normalization(
            List.of(0.485, 0.456, 0.406), List.of(0.229 * 0.229, 0.224 * 0.224, 0.225 * 0.225), false);
    private static final double STOCHASTIC_DEPTH = 0.2;

    private EfficientNetV2() {}

    /**
     * Blocks alike; the first of them has the stride.
     *
     * @param fused whether a block has one convolution in place of the pointwise and the depthwise one
     */
    private record Stage(int blocks, int filters, int expansion, int stride, boolean fused) {}

    /** A network of the family: its stages, before width and depth are scaled. */
    private record Form(List<Stage> stages, int stem, double width, double depth) {
        /** A multiple of 8, which unlike in {@link EfficientNet} may be below 90 %. */
        int channels(int unscaled) {
            return Math.max(8, (int) (unscaled * width + 4) / 8 * 8);
        }

        int blocks(Stage stage) {
            return (int) Math.ceil(stage.blocks * depth);
        }
    }

    static List<ZooModel> models() {
        return List.of(
                model("b0", new Form(B, 32, 1.0, 1.0)),
                model("b1", new Form(B, 32, 1.0, 1.1)),
                model("b2", new Form(B, 32, 1.1, 1.2)),
                model("b3", new Form(B, 32, 1.2, 1.4)),
                model("s", new Form(S, 24, 1, 1)),
                model("m", new Form(M, 24, 1, 1)),
                model("l", new Form(L, 32, 1, 1)));
    }

    private static ZooModel model(String size, Form form) {
        String name = "efficientnetv2-" + size;
        return KerasApplications.of(name, options -> build(name, form, options));
    }

    private static Network build(String name, Form form, Options options) {
        NetworkBuilder network = Foundation.images(name, options, 32);
        boolean byImageNet = form.stages == B;
        Rescaling rescaling = byImageNet ? new Rescaling(1.0 / 255, 0) : new Rescaling(1.0 / 128, -1);
        String x = network.addUnnamed("rescaling", rescaling, network.input());
        if (byImageNet) {
            x = network.addUnnamed("normalization", IMAGENET, x);
        }
        x = activated(network, "stem_", network.add("stem_conv", convolution(form.channels(form.stem), 3, 2), x));
        x = blocks(network, form, x);
        x = activated(network, "top_", network.add("top_conv", convolution(form.channels(1280), 1, 1), x));
        if (!options.includeTop()) {
            return Foundation.withoutTopNamed(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        x = network.add("top_dropout", new Dropout(0.2), x);
        return network.build(
                network.add("predictions", new Dense(options.classes(), true, SOFTMAX, FAN_OUT_UNIFORM), x));
    }

    private static String blocks(NetworkBuilder network, Form form, String input) {
        double unscaled = form.stages.stream().mapToInt(Stage::blocks).sum();
        String x = input;
        int number = 0;
        for (int i = 0; i < form.stages.size(); i++) {
            Stage stage = form.stages.get(i);
            int filters = form.channels(stage.filters);
            for (int j = 0; j < form.blocks(stage); j++) {
                Block block = new Block(network, "block%d%c_".formatted(i + 1, 'a' + j), stage, j == 0);
                x = block.build(filters, STOCHASTIC_DEPTH * number / unscaled, x);
                number++;
            }
        }
        return x;
    }

    private record Block(NetworkBuilder network, String prefix, Stage stage, boolean first) {

        String build(int filters, double drop, String input) {
            int stride = first ? stage.stride : 1;
            String x = stage.fused ? fused(filters, stride, input) : separate(filters, stride, input);
            if (stride > 1 || network.shape(input).channels() != filters) {
                return x;
            }
            if (drop > 0) {
                x = network.add(prefix + "drop", new Dropout(drop, 3), x);
            }
            return network.add(prefix + "add", new Add(), x, input);
        }

        private String fused(int filters, int stride, String input) {
            if (stage.expansion == 1) {
                String x = network.add(prefix + "project_conv", convolution(filters, 3, stride), input);
                return activated(network, prefix + "project_", x);
            }
            return projected(filters, expanded(3, stride, input));
        }

        /** An inverted residual with squeeze and excitation, whose width is a quarter of the block's own input. */
        private String separate(int filters, int stride, String input) {
            DepthwiseConv2D depthwise =
                    new DepthwiseConv2D(Window.of(3, stride, Padding.SAME), 1, false, LINEAR, FAN_OUT_NORMAL);
            String x = network.add(prefix + "dwconv2", depthwise, expanded(1, 1, input));
            x = activated(network, prefix, x);
            int width = Math.max(1, network.shape(input).channels() / 4);
            return projected(filters, SqueezeAndExcitation.add(network, prefix, width, x));
        }

        private String expanded(int kernel, int stride, String input) {
            int filters = network.shape(input).channels() * stage.expansion;
            String x = network.add(prefix + "expand_conv", convolution(filters, kernel, stride), input);
            return activated(network, prefix + "expand_", x);
        }

        private String projected(int filters, String input) {
            String x = network.add(prefix + "project_conv", convolution(filters, 1, 1), input);
            return network.add(prefix + "project_bn", norm(), x);
        }
    }

    private static Conv2D convolution(int filters, int kernel, int stride) {
        return new Conv2D(filters, Window.of(kernel, stride, Padding.SAME), false, LINEAR, FAN_OUT_NORMAL);
    }

    private static String activated(NetworkBuilder network, String prefix, String input) {
        String x = network.add(prefix + "bn", norm(), input);
        return network.add(prefix + "activation", new Activation(SWISH), x);
    }

    private static BatchNormalization norm() {
        return new BatchNormalization(0.9, 1e-3, true, true);
    }
}
