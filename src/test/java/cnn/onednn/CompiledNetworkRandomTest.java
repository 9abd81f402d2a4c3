package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.program.NaiveForwardPass;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompiledNetworkRandomTest {
    private static final int SEEDS = 300;

    /** Of the largest number in a layer's output; float has 6e-8 for each of a few hundred additions. */
    private static final double TOLERANCE = 2e-5;

    @Test
    void everyLayerOfRandomNetworksAgreesWithPlainLoops() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Network network = RandomNetworks.network(seed);
            compare(seed, network, RandomNetworks.names(network), 2, Precision.FP32, TOLERANCE);
        }
    }

    @Test
    void lastLayersOfRandomNetworksAgreeWithPlainLoops() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Network network = RandomNetworks.network(seed);
            int images = List.of(1, 2, 7).get((int) seed % 3);
            compare(seed, network, List.of(network.output().name()), images, Precision.FP32, TOLERANCE);
        }
    }

    static void compare(
            long seed, Network network, List<String> outputs, int images, Precision precision, double tolerance) {
        Weights weights = RandomNetworks.weights(seed);
        float[] batch = RandomNetworks.images(seed, network, images);
        int elements = batch.length / images;
        try (CompiledNetwork compiled = CompiledNetwork.compile(network, weights, outputs, precision, images)) {
            List<float[]> results = compiled.run(FloatBuffer.wrap(batch), images);
            for (int image = 0; image < images; image++) {
                float[] pixels = Arrays.copyOfRange(batch, image * elements, (image + 1) * elements);
                Map<String, double[]> expected = NaiveForwardPass.run(network, weights, pixels);
                for (int i = 0; i < outputs.size(); i++) {
                    Node node = compiled.outputs().get(i);
                    String what = "seed %d, image %d of %d, layer %s %s"
                            .formatted(seed, image, images, node.name(), node.layer());
                    assertClose(what, results.get(i), image, expected.get(node.name()), tolerance);
                }
            }
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void assertClose(String what, float[] actual, int image, double[] expected, double tolerance) {
        double scale = 1e-3 + Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual.length % expected.length).as(what).isZero();
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[image * expected.length + i] - expected[i]) / scale);
        }
        assertThat(worst).as(what).isLessThan(tolerance);
    }
}
