package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Channels;
import cnn.network.ChannelsFirst;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Conv2DTranspose;
import cnn.network.Cropping2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.GroupNormalization;
import cnn.network.KernelInitializer;
import cnn.network.Layer;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Normalization;
import cnn.network.PReLU;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Permute;
import cnn.network.Pooling;
import cnn.network.Rescaling;
import cnn.network.ScaledSum;
import cnn.network.SeparableConv2D;
import cnn.network.Shape;
import cnn.network.Softmax;
import cnn.network.UpSampling2D;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.program.ClassGradient;
import cnn.program.NaiveForwardPass;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of single layers, by their weights and by their inputs, against central differences in double precision. */
class LayerGradientsTest {
    private static final double STEP = 1.0 / (1 << 10);
    private static final Weights WEIGHTS = RandomNetworks.weights(7);
    private static final int CLASSES = 3;
    private static final int IMAGES = 2;
    private static final Window ODD = new Window(3, 2, 2, 1, 1, 1, Padding.SAME);

    static Stream<Layer> layers() {
        return Stream.of(
                new Conv2D(6, ODD, 3, true, ActivationFunction.SWISH, KernelInitializer.GLOROT_UNIFORM),
                new Conv2D(12, ODD, 6, false, ActivationFunction.GELU, KernelInitializer.GLOROT_UNIFORM),
                new DepthwiseConv2D(ODD, 2, true, ActivationFunction.HARD_SIGMOID),
                new SeparableConv2D(5, ODD, 2, true, ActivationFunction.TANH),
                new SeparableConv2D(5, new Window(3, 3, 1, 1, 2, 2, Padding.SAME), 1, false, ActivationFunction.SWISH),
                new Conv2DTranspose(5, ODD, true, ActivationFunction.TANH, false),
                new Conv2DTranspose(5, ODD, true, ActivationFunction.SWISH, true),
                new Conv2DTranspose(4, Window.of(2, 2, Padding.VALID), false, ActivationFunction.LINEAR, false),
                new Dense(5, true, ActivationFunction.GELU),
                new LayerNormalization(1e-3, true, true),
                new LayerNormalization(1e-3, false, true),
                new LayerNormalization(1e-3, true, false),
                new LayerNormalization(1e-3, false, false),
                new GroupNormalization(3, 1e-3, true, true),
                new GroupNormalization(1, 1e-3, true, true),
                new GroupNormalization(-1, 1e-3, false, true),
                new GroupNormalization(2, 1e-3, true, false),
                new GroupNormalization(2, 1e-3, false, false),
                new Rescaling(List.of(0.5, 2.0, 3.0, -1.0, 0.25, 1.5), List.of(-1.0)),
                new Rescaling(0.25, -1),
                new Normalization(List.of(), List.of(), false),
                new PReLU(List.of(1, 2)),
                new PReLU(List.of()),
                new PReLU(List.of(1)),
                new LayerScale(0.125),
                new Softmax(1),
                new Softmax(-1),
                new Activation(ActivationFunction.LOG_SOFTMAX),
                new Cropping2D(new Pads(1, 0, 0, 1)),
                new UpSampling2D(2, 3, true),
                new UpSampling2D(3, 2, false),
                new GlobalPooling2D(Pooling.AVERAGE, true),
                new Permute(List.of(3, 1, 2)),
                new Permute(List.of(2, 1, 3)),
                new Channels(List.of(5, 4, 0, 0)),
                new ChannelsFirst(new Conv2D(6, Window.of(3, 1, Padding.VALID), true, ActivationFunction.TANH)),
                new ChannelsFirst(new BatchNormalization(0.9, 1e-3, true, true)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void areCentralDifferences(Layer layer) {
        compare(ActivationFunction.SOFTMAX, layer, builder -> builder.add("layer", layer, "before"));
    }

    static Stream<Layer> merging() {
        return Stream.of(
                new Add(),
                new Merge(Merge.Operation.SUBTRACT),
                new Merge(Merge.Operation.MULTIPLY),
                new Merge(Merge.Operation.DIVIDE),
                new Merge(Merge.Operation.MAXIMUM),
                new Merge(Merge.Operation.MINIMUM),
                new Merge(Merge.Operation.AVERAGE));
    }

    /** Two maps of one shape, a map and a gate for each channel, a map and a gate for each cell, and those two gates. */
    @ParameterizedTest
    @MethodSource("merging")
    void areCentralDifferencesWithBroadcasting(Layer layer) {
        List<String[]> pairs = List.of(
                new String[] {"before", "gate"},
                new String[] {"gate", "before"},
                new String[] {"before", "cells"},
                new String[] {"cells", "gate"},
                new String[] {"before", "other"});
        for (String[] pair : pairs) {
            compare(ActivationFunction.SOFTMAX, layer, builder -> {
                gates(builder, 6);
                return builder.add("layer", layer, pair);
            });
        }
    }

    /** From {@code before} a gate for each channel, one for each cell, and one for each number. */
    static void gates(NetworkBuilder builder, int channels) {
        Window point = Window.of(1, 1, Padding.SAME);
        Layer gates = new Conv2D(channels, point, true, ActivationFunction.SIGMOID);
        builder.add("pooled", new GlobalPooling2D(Pooling.AVERAGE, true), "before");
        builder.add("gate", gates, "pooled");
        builder.add("cells", new Conv2D(1, point, true, ActivationFunction.SIGMOID), "before");
        builder.add("other", gates, "before");
    }

    /** Whether the layer's numbers are of six channels. */
    static boolean isForSixChannels(Layer layer) {
        return layer instanceof Rescaling rescaling && rescaling.scale().size() == 6;
    }

    @ParameterizedTest
    @MethodSource("concatenations")
    void ofConcatenationsAreCentralDifferences(Layer layer) {
        compare(ActivationFunction.SOFTMAX, layer, builder -> {
            builder.add("other", new Activation(ActivationFunction.TANH), "before");
            return builder.add("layer", layer, "before", "other");
        });
    }

    static Stream<Layer> concatenations() {
        return Stream.of(new Concatenate(1), new Concatenate(2), new Concatenate(3), new ScaledSum(0.3));
    }

    /** What adds the layer that is looked at to a network with a layer {@code before}. */
    interface Part {
        String on(NetworkBuilder builder);
    }

    private static Network network(Part part, ActivationFunction end) {
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(4, 3, 6));
        builder.add("before", new Conv2D(6, Window.of(1, 1, Padding.SAME), true, ActivationFunction.SWISH), "input");
        String flat = builder.add("flat", new Flatten(), part.on(builder));
        return builder.build(builder.add("classes", new Dense(CLASSES, true, end), flat));
    }

    private static void compare(ActivationFunction end, Layer layer, Part part) {
        Network network = network(part, end);
        Set<String> all = Set.copyOf(network.nodes().stream().map(Node::name).toList());
        TrainingSetup setup = new TrainingSetup(all, Set.of(), Optimizer.of(new Sgd(0, false), 0), IMAGES, 1);
        float[] images = RandomNetworks.images(5, network, IMAGES);
        int[] targets = {2, 0};
        float[] importance = {1, 0.5f};
        Random random = new Random(11);
        try (OneDnnTraining trained = new OneDnnTraining(network, WEIGHTS, setup)) {
            double loss = trained.train(FloatBuffer.wrap(images), targets, importance, IMAGES)
                            .lossSum()
                    / IMAGES;
            assertThat(loss).isCloseTo(loss(network, WEIGHTS, images, targets, importance), within(1e-4));
            for (Node node : network.nodes()) {
                for (WeightSpec spec : node.weights()) {
                    if (spec.trainable()) {
                        float[] direction = direction(random, (int) spec.shape().elements());
                        double ahead = loss(network, moved(node, spec, direction, STEP), images, targets, importance);
                        double behind = loss(network, moved(node, spec, direction, -STEP), images, targets, importance);
                        float[] gradient = trained.gradient(node.name(), spec.name());
                        assertClose(
                                layer + ": " + node.name() + " " + spec.name(), gradient, direction, ahead - behind);
                    }
                }
            }
        }
        try (ClassGradient ofClass = new OneDnn(Precision.FP32).gradient(network, WEIGHTS)) {
            float[] image = Arrays.copyOf(images, images.length / IMAGES);
            float[] direction = direction(random, image.length);
            Network linear = network(part, ActivationFunction.LINEAR);
            double ahead = logit(linear, moved(image, direction, STEP));
            double behind = logit(linear, moved(image, direction, -STEP));
            float[] gradient = ofClass.of(FloatBuffer.wrap(image), 1);
            assertClose(layer + ": input", gradient, direction, ahead - behind);
        }
    }

    private static void assertClose(String what, float[] gradient, float[] direction, double difference) {
        double along = 0;
        double length = 0;
        for (int i = 0; i < gradient.length; i++) {
            along += (double) gradient[i] * direction[i];
            length += (double) gradient[i] * gradient[i];
        }
        assertThat(along).as(what).isCloseTo(difference / (2 * STEP), within(1e-5 + 2e-3 * Math.sqrt(length)));
    }

    private static double loss(Network network, Weights weights, float[] images, int[] targets, float[] importance) {
        double loss = 0;
        int elements = images.length / IMAGES;
        for (int i = 0; i < IMAGES; i++) {
            float[] image = Arrays.copyOfRange(images, i * elements, (i + 1) * elements);
            double[] classes = NaiveForwardPass.run(network, weights, image).get("classes");
            loss -= importance[i] * Math.log(classes[targets[i]]) / IMAGES;
        }
        return loss;
    }

    private static double logit(Network linear, float[] image) {
        return NaiveForwardPass.run(linear, WEIGHTS, image).get("classes")[1];
    }

    private static float[] direction(Random random, int length) {
        float[] direction = new float[length];
        for (int i = 0; i < length; i++) {
            direction[i] = (float) (random.nextGaussian() / Math.sqrt(length));
        }
        return direction;
    }

    private static float[] moved(float[] values, float[] direction, double step) {
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * direction[i]);
        }
        return moved;
    }

    private static Weights moved(Node where, WeightSpec which, float[] direction, double step) {
        return (node, spec) -> {
            FloatBuffer values = WEIGHTS.values(node, spec);
            if (!node.name().equals(where.name()) || !spec.name().equals(which.name())) {
                return values;
            }
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return FloatBuffer.wrap(moved(copy, direction, step));
        };
    }
}
