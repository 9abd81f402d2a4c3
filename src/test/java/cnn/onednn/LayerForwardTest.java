package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.ForwardPass;
import cnn.network.Layer;
import cnn.network.LayerScale;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.program.NaiveForwardPass;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single layers among others that are fused with them, against plain loops in double precision. */
class LayerForwardTest {
    private static final Weights WEIGHTS = RandomNetworks.weights(7);

    static Stream<Layer> layers() {
        return LayerGradientsTest.layers();
    }

    static Stream<Layer> merging() {
        return Stream.concat(LayerGradientsTest.merging(), LayerGradientsTest.concatenations());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isComputedAsDefined(Layer layer) {
        for (int channels : new int[] {6, 18}) {
            if (channels == 6 || !LayerGradientsTest.isForSixChannels(layer)) {
                compare(network(channels, builder -> builder.add("layer", layer, "before")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("merging")
    void takesValuesTogetherAsDefined(Layer layer) {
        compare(network(6, builder -> {
            builder.add("other", new Activation(ActivationFunction.SIGMOID), "before");
            return builder.add("layer", layer, "before", "other");
        }));
    }

    @ParameterizedTest
    @MethodSource("cnn.onednn.LayerGradientsTest#merging")
    void appliesGatesAsDefined(Layer layer) {
        for (int channels : new int[] {6, 32}) {
            compare(network(channels, builder -> {
                LayerGradientsTest.gates(builder, channels);
                return builder.add("layer", layer, "before", "gate");
            }));
            compare(network(channels, builder -> {
                LayerGradientsTest.gates(builder, channels);
                return builder.add("layer", layer, "cells", "gate");
            }));
        }
    }

    /** The layer that is looked at, and what is fused with it. */
    private static Network network(int channels, LayerGradientsTest.Part part) {
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(6, 5, 4));
        builder.add(
                "first", new Conv2D(channels, Window.of(3, 1, Padding.SAME), true, ActivationFunction.SWISH), "input");
        builder.add("before", new ZeroPadding2D(new Pads(0, 1, 0, 0)), "first");
        String x = part.on(builder);
        int rank = builder.shape(x).sizes().size();
        if (rank == 3) {
            x = builder.add("scale", new LayerScale(1), x);
            x = builder.add("norm", new BatchNormalization(0.9, 1e-3, true, true), x);
            x = builder.add("function", new Activation(ActivationFunction.HARD_SIGMOID), x);
            int same = builder.shape(x).channels();
            String next = builder.add(
                    "next", new Conv2D(same, Window.of(1, 1, Padding.SAME), true, ActivationFunction.LINEAR), x);
            x = builder.add("sum", new Add(), next, x);
        }
        return builder.build(builder.add(
                "last", new Activation(ActivationFunction.named("mish").orElseThrow()), x));
    }

    private static void compare(Network network) {
        List<String> all = network.nodes().stream().map(Node::name).toList();
        for (List<String> outputs : List.of(List.of("last"), all)) {
            for (int images : new int[] {1, 3}) {
                compare(network, outputs, images);
            }
        }
    }

    private static void compare(Network network, List<String> outputs, int images) {
        float[] batch = RandomNetworks.images(5, network, images);
        int elements = batch.length / images;
        try (ForwardPass pass = CompiledNetwork.compile(network, WEIGHTS, outputs, Precision.FP32, images)) {
            List<float[]> computed = pass.run(FloatBuffer.wrap(batch), images);
            for (int image = 0; image < images; image++) {
                float[] one = Arrays.copyOfRange(batch, image * elements, (image + 1) * elements);
                Map<String, double[]> defined = NaiveForwardPass.run(network, WEIGHTS, one);
                for (int k = 0; k < outputs.size(); k++) {
                    double[] expected = defined.get(outputs.get(k));
                    for (int i = 0; i < expected.length; i++) {
                        assertThat((double) computed.get(k)[image * expected.length + i])
                                .as("%s, number %d of image %d", outputs.get(k), i, image)
                                .isCloseTo(expected[i], within(3e-5 * Math.max(1, Math.abs(expected[i]))));
                    }
                }
            }
        }
    }
}
