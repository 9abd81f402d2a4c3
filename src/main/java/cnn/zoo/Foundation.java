package cnn.zoo;

import static cnn.network.ActivationFunction.SIGMOID;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.UserError;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Shape;
import cnn.network.ZeroPadding2D;

/** What the beginnings and ends of all architectures have in common. */
final class Foundation {
    private static final int RGB = 3;

    private Foundation() {}

    /** A builder that holds the input layer, for images of the size asked for. */
    static NetworkBuilder images(String name, Options options, int leastSize) {
        if (Math.min(options.height(), options.width()) < leastSize) {
            throw UserError.data("%s needs images of at least %dx%d, not %dx%d"
                    .formatted(name, leastSize, leastSize, options.height(), options.width()));
        }
        return Network.builder(name, "input_1", Shape.of(options.height(), options.width(), RGB));
    }

    /**
     * Zeroes round {@code x}, as few as a layer of that kernel and stride 2 needs in order to give half of each axis, rounded
     * up: Keras's {@code correct_pad}. Where their number is odd, the top and left get the smaller half.
     */
    static String paddedForHalving(NetworkBuilder network, String name, int kernel, String x) {
        Shape map = network.shape(x);
        int half = kernel / 2;
        Pads pads = new Pads(half - 1 + map.height() % 2, half, half - 1 + map.width() % 2, half);
        return network.add(name, new ZeroPadding2D(pads), x);
    }

    /** Channels of a network that is {@code channels} wide before rounding: a multiple of 8, no less than 90 % of it. */
    static int multipleOf8(double channels) {
        int rounded = Math.max(8, (int) (channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }

    /** The end of a network with top: one sigmoid unit for two classes, softmax over more. */
    static Network classes(NetworkBuilder network, String x, Options options) {
        Dense output =
                options.classes() == 2 ? new Dense(1, true, SIGMOID) : new Dense(options.classes(), true, SOFTMAX);
        return network.build(network.addUnnamed("dense", output, x));
    }

    /** The end of a network without top: its last feature map {@code x}, see {@link #pooled}. */
    static Network withoutTop(NetworkBuilder network, String x, Options options) {
        return network.build(pooled(network, x, options));
    }

    /** A feature map, pooled if asked for, by a layer that Keras numbers. */
    static String pooled(NetworkBuilder network, String x, Options options) {
        return options.pooling()
                .map(pooling -> network.addUnnamed(
                        pooling == Pooling.MAX ? "global_max_pooling2d" : "global_average_pooling2d",
                        new GlobalPooling2D(pooling),
                        x))
                .orElse(x);
    }

    /** As {@link #withoutTop}, by a layer that Keras calls {@code avg_pool} or {@code max_pool}. */
    static Network withoutTopNamed(NetworkBuilder network, String x, Options options) {
        return network.build(options.pooling()
                .map(pooling ->
                        network.add(pooling == Pooling.MAX ? "max_pool" : "avg_pool", new GlobalPooling2D(pooling), x))
                .orElse(x));
    }
}
