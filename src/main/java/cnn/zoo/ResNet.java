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
import cnn.network.Layer;
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
 * ResNet50, 101 and 152 (v1): He et al., Deep Residual Learning for Image Recognition, arXiv:1512.03385. Keras has published
 * weights of ResNet50 for two forms under one file name. They differ in the names of the layers, in the epsilon of the batch
 * norms and in which branch a sum names first.
 */
final class ResNet {
    private static final int[] FILTERS = {64, 128, 256, 512};

    private ResNet() {}

    static List<ZooModel> models() {
        return List.of(
                KerasApplications.of(
                        "resnet50",
                        options -> build("resnet50", new int[] {3, 4, 6, 3}, options, Form.KERAS_2019),
                        options -> build("resnet50", new int[] {3, 4, 6, 3}, options, Form.KERAS_2015)),
                KerasApplications.of(
                        "resnet101", options -> build("resnet101", new int[] {3, 4, 23, 3}, options, Form.KERAS_2019)),
                KerasApplications.of(
                        "resnet152", options -> build("resnet152", new int[] {3, 8, 36, 3}, options, Form.KERAS_2019)));
    }

    /** @param blocks of each stage */
    private static Network build(String name, int[] blocks, Options options, Form form) {
        NetworkBuilder network = Foundation.images(name, options, 32);
        String x = network.add("conv1_pad", new ZeroPadding2D(new Pads(3, 3, 3, 3)), network.input());
        x = network.add(form.stemConvolution, new Conv2D(64, Window.of(7, 2, Padding.VALID), true, LINEAR), x);
        x = network.add(form.stemNorm, form.norm(), x);
        x = form.add(network, "conv1_relu", "activation", new Activation(RELU), x);
        x = network.add("pool1_pad", new ZeroPadding2D(new Pads(1, 1, 1, 1)), x);
        Pooling2D pool = new Pooling2D(Pooling.MAX, Window.of(3, 2, Padding.VALID));
        x = form.add(network, "pool1_pool", "max_pooling2d", pool, x);
        for (int stage = 2; stage <= 5; stage++) {
            for (int block = 1; block <= blocks[stage - 2]; block++) {
                x = new Residual(network, form, stage, block).build(x);
            }
        }
        if (!options.includeTop()) {
            return form == Form.KERAS_2019
                    ? Foundation.withoutTopNamed(network, x, options)
                    : Foundation.withoutTop(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        return network.build(network.add(form.top, new Dense(options.classes(), true, SOFTMAX), x));
    }

    /** One bottleneck block; the first of each stage has a convolution on its shortcut, and halves the map but for stage 2. */
    private record Residual(NetworkBuilder network, Form form, int stage, int block) {

        String build(String input) {
            int filters = FILTERS[stage - 2];
            Window first = Window.of(1, block == 1 && stage > 2 ? 2 : 1, Padding.VALID);
            String shortcut = block == 1 ? convolution(0, 4 * filters, first, input) : input;
            String x = relu("1_relu", convolution(1, filters, first, input));
            x = relu("2_relu", convolution(2, filters, Window.of(3, 1, Padding.SAME), x));
            x = convolution(3, 4 * filters, Window.of(1, 1, Padding.VALID), x);
            String[] summands = form.shortcutFirst ? new String[] {shortcut, x} : new String[] {x, shortcut};
            return relu("out", form.add(network, name("add"), "add", new Add(), summands));
        }

        private String convolution(int i, int filters, Window window, String input) {
            String convolution = form.convolution(stage, block, i);
            String x = network.add(convolution, new Conv2D(filters, window, true, LINEAR), input);
            return network.add(form.norm(stage, block, i), form.norm(), x);
        }

        private String relu(String suffix, String input) {
            return form.add(network, name(suffix), "activation", new Activation(RELU), input);
        }

        private String name(String suffix) {
            return "conv%d_block%d_%s".formatted(stage, block, suffix);
        }
    }

    /** What tells the two forms apart. */
    private enum Form {
        /** As in Keras's {@code resnet_common.py} since 2019. */
        KERAS_2019(1.001e-5, "conv1_conv", "conv1_bn", "predictions", true) {
            @Override
            String convolution(int stage, int block, int i) {
                return "conv%d_block%d_%d_conv".formatted(stage, block, i);
            }

            @Override
            String norm(int stage, int block, int i) {
                return "conv%d_block%d_%d_bn".formatted(stage, block, i);
            }

            @Override
            String add(NetworkBuilder network, String name, String kind, Layer layer, String... inputs) {
                return network.add(name, layer, inputs);
            }
        },
        /** As in Keras's {@code resnet50.py} from 2015 to 2018. Stages are numbered, blocks lettered, convolutions too: {@code res3b_branch2c}; the shortcut's is branch1. */
        KERAS_2015(1e-3, "conv1", "bn_conv1", "fc1000", false) {
            @Override
            String convolution(int stage, int block, int i) {
                return "res" + branch(stage, block, i);
            }

            @Override
            String norm(int stage, int block, int i) {
                return "bn" + branch(stage, block, i);
            }

            @Override
            String add(NetworkBuilder network, String name, String kind, Layer layer, String... inputs) {
                return network.addUnnamed(kind, layer, inputs);
            }
        };

        private final double epsilon;
        private final String stemConvolution;
        private final String stemNorm;
        private final String top;
        private final boolean shortcutFirst;

        Form(double epsilon, String stemConvolution, String stemNorm, String top, boolean shortcutFirst) {
            this.epsilon = epsilon;
            this.stemConvolution = stemConvolution;
            this.stemNorm = stemNorm;
            this.top = top;
            this.shortcutFirst = shortcutFirst;
        }

        /** The name of a block's convolution {@code i}, 1 to 3, or 0 on the shortcut. */
        abstract String convolution(int stage, int block, int i);

        /** The name of the batch norm behind it. */
        abstract String norm(int stage, int block, int i);

        /** Adds a layer without weights: under its {@code name}, or numbered by its {@code kind}. */
        abstract String add(NetworkBuilder network, String name, String kind, Layer layer, String... inputs);

        BatchNormalization norm() {
            return new BatchNormalization(0.99, epsilon, true, true);
        }

        private static String branch(int stage, int block, int i) {
            String convolution = i == 0 ? "1" : "2" + letter(i);
            return "%d%s_branch%s".formatted(stage, letter(block), convolution);
        }

        private static char letter(int i) {
            return (char) ('a' + i - 1);
        }
    }
}
