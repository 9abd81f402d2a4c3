package cnn.zoo;

import static cnn.network.ActivationFunction.GELU;
import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.KernelInitializer;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Normalization;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Window;
import java.util.List;

/**
 * ConvNeXt Tiny to XLarge: Liu et al., A ConvNet for the 2020s, arXiv:2201.03545; layers as in Keras's {@code convnext.py},
 * but for its Sequentials, the stem and the steps between stages, whose layers stand here one by one.
 */
final class ConvNeXt {
    /** Means and variances of ImageNet's red, green and blue. */
    private static final Normalization NORMALIZATION = new Normalization(
            List.of(0.485 * 255, 0.456 * 255, 0.406 * 255),
            List.of(variance(0.229), variance(0.224), variance(0.225)),
            false);

    private static final LayerNormalization NORM = new LayerNormalization(1e-6, true, true);

    private final NetworkBuilder network;
    private final String prefix;

    private ConvNeXt(String name, Options options) {
        network = Foundation.images(name, options, 32);
        prefix = name.replace('-', '_');
    }

    static List<ZooModel> models() {
        return List.of(
                model("convnext-tiny", 9, 96),
                model("convnext-small", 27, 96),
                model("convnext-base", 27, 128),
                model("convnext-large", 27, 192),
                model("convnext-xlarge", 27, 256));
    }

    /**
     * @param depth blocks of the third stage; the others have three
     * @param channels of the first stage; each has twice as many as the one before
     */
    private static ZooModel model(String name, int depth, int channels) {
        return KerasApplications.of(name, options -> new ConvNeXt(name, options).build(depth, channels, options))
                .withSequentials(ConvNeXt::sequential);
    }

    private Network build(int depth, int channels, Options options) {
        String x = network.add(prefix + "_prestem_normalization", NORMALIZATION, network.input());
        x = convolution("_stem_conv", channels, 4, x);
        x = network.add(prefix + "_stem_layernorm", NORM, x);
        for (int stage = 0; stage < 4; stage++) {
            if (stage > 0) {
                x = network.add(prefix + "_downsampling_layernorm_" + (stage - 1), NORM, x);
                x = convolution("_downsampling_conv_" + (stage - 1), channels << stage, 2, x);
            }
            for (int block = 0; block < (stage == 2 ? depth : 3); block++) {
                x = block("%s_stage_%d_block_%d".formatted(prefix, stage, block), channels << stage, x);
            }
        }
        return options.includeTop() ? withTop(x, options) : withoutTop(x, options);
    }

    private String convolution(String name, int filters, int size, String x) {
        return network.add(prefix + name, new Conv2D(filters, Window.of(size, size, Padding.VALID), true, LINEAR), x);
    }

    private String block(String name, int channels, String input) {
        Window window = Window.of(7, 1, Padding.SAME);
        Conv2D depthwise = new Conv2D(channels, window, channels, true, LINEAR, KernelInitializer.GLOROT_UNIFORM);
        String x = network.add(name + "_depthwise_conv", depthwise, input);
        x = network.add(name + "_layernorm", NORM, x);
        x = network.add(name + "_pointwise_conv_1", new Dense(4 * channels, true, LINEAR), x);
        x = network.add(name + "_gelu", new Activation(GELU), x);
        x = network.add(name + "_pointwise_conv_2", new Dense(channels, true, LINEAR), x);
        x = network.add(name + "_layer_scale", new LayerScale(1e-6), x);
        x = network.add(name + "_identity", new Activation(LINEAR), x);
        return network.addUnnamed("add", new Add(), input, x);
    }

    private Network withTop(String features, Options options) {
        String x = network.add(prefix + "_head_gap", new GlobalPooling2D(Pooling.AVERAGE), features);
        x = network.add(prefix + "_head_layernorm", NORM, x);
        return network.build(network.add(prefix + "_head_dense", new Dense(options.classes(), true, SOFTMAX), x));
    }

    private Network withoutTop(String features, Options options) {
        String x = Foundation.pooled(network, features, options);
        return network.build(network.addUnnamed("layer_normalization", NORM, x));
    }

    /** {@code convnext_tiny_stem} of {@code convnext_tiny_stem_conv}. */
    private static String sequential(String layer) {
        return layer.replaceFirst("_stem_(conv|layernorm)$", "_stem")
                .replaceFirst("_downsampling_(conv|layernorm)_", "_downsampling_block_");
    }

    private static double variance(double deviation) {
        return deviation * 255 * deviation * 255;
    }
}
