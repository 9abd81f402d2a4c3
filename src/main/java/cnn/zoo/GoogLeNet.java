package cnn.zoo;

import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;

import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.GlobalPooling2D;
import cnn.network.KernelInitializer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Window;
import java.util.List;

/**
 * GoogLeNet: Szegedy et al., Going Deeper with Convolutions, arXiv:1409.4842, table 1. Keras publishes no weights of it.
 *
 * <p>Without the two local response normalisations, which later work found to be of little use (Simonyan and Zisserman,
 * arXiv:1409.1556, section 4.1), and without the two auxiliary classifiers, which are there in training only and bring half a
 * percent (section 5 of the paper): networks here have one output. Kernels start as He et al. 2015 have it, since there is
 * nothing else here that keeps the gradients of so many layers from vanishing.
 */
final class GoogLeNet {
    private final NetworkBuilder network;

    private GoogLeNet(NetworkBuilder network) {
        this.network = network;
    }

    static List<ZooModel> models() {
        return List.of(
                ZooModel.toTrain("googlenet", GoogLeNet::build, 224, Options.IMAGENET_CLASSES, Preprocessing.TF));
    }

    private static Network build(Options options) {
        return new GoogLeNet(Foundation.images("googlenet", options, 32)).layers(options);
    }

    private Network layers(Options options) {
        String x = convolution("conv1_7x7", 64, 7, 2, network.input());
        x = halved("pool1", x);
        x = convolution("conv2_3x3_reduce", 64, 1, 1, x);
        x = convolution("conv2_3x3", 192, 3, 1, x);
        x = halved("pool2", x);
        x = inception("3a", 64, 96, 128, 16, 32, 32, x);
        x = inception("3b", 128, 128, 192, 32, 96, 64, x);
        x = halved("pool3", x);
        x = inception("4a", 192, 96, 208, 16, 48, 64, x);
        x = inception("4b", 160, 112, 224, 24, 64, 64, x);
        x = inception("4c", 128, 128, 256, 24, 64, 64, x);
        x = inception("4d", 112, 144, 288, 32, 64, 64, x);
        x = inception("4e", 256, 160, 320, 32, 128, 128, x);
        x = halved("pool4", x);
        x = inception("5a", 256, 160, 320, 32, 128, 128, x);
        x = inception("5b", 384, 192, 384, 48, 128, 128, x);
        if (!options.includeTop()) {
            return Foundation.withoutTop(network, x, options);
        }
        x = network.add("avg_pool", new GlobalPooling2D(Pooling.AVERAGE), x);
        x = network.add("dropout", new Dropout(0.4), x);
        return network.build(network.add("predictions", new Dense(options.classes(), true, SOFTMAX), x));
    }

    /** A row of table 1: filters of each convolution, in the order of its columns. */
    private String inception(
            String place, int one, int reduceThree, int three, int reduceFive, int five, int projection, String x) {
        String name = "inception_" + place;
        String ones = convolution(name + "_1x1", one, 1, 1, x);
        String threes = convolution(name + "_3x3_reduce", reduceThree, 1, 1, x);
        threes = convolution(name + "_3x3", three, 3, 1, threes);
        String fives = convolution(name + "_5x5_reduce", reduceFive, 1, 1, x);
        fives = convolution(name + "_5x5", five, 5, 1, fives);
        String pool = network.add(name + "_pool", new Pooling2D(Pooling.MAX, Window.of(3, 1, Padding.SAME)), x);
        pool = convolution(name + "_pool_proj", projection, 1, 1, pool);
        return network.add(name + "_output", new Concatenate(), ones, threes, fives, pool);
    }

    private String convolution(String name, int filters, int kernel, int stride, String x) {
        Window window = Window.of(kernel, stride, Padding.SAME);
        return network.add(name, new Conv2D(filters, window, true, RELU, KernelInitializer.HE_UNIFORM), x);
    }

    private String halved(String name, String x) {
        return network.add(name, new Pooling2D(Pooling.MAX, Window.of(3, 2, Padding.SAME)), x);
    }
}
