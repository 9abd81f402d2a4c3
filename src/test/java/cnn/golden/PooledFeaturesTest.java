package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.features.FeatureLayout;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Pooling;
import cnn.onednn.CompiledNetwork;
import cnn.program.Precision;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The features that extraction gives beside the golden files', within the tolerances that their README recommends. */
class PooledFeaturesTest {
    private static final double AVERAGE = 2e-5;
    private static final double MAX = 5e-5;

    @ParameterizedTest
    @EnumSource(
            names = {
                "VGG16_NOTOP_200",
                "MOBILENET_NOTOP_160",
                "RESNET50_2015_NOTOP_200",
                "RESNET50_2019_NOTOP_200",
                "INCEPTION_V3_NOTOP_200"
            })
    void equalThoseOfTheGoldenFiles(GoldenCase golden) throws IOException {
        GoldenFile file = golden.read();
        Network network = golden.network(file);
        Node map = network.output();
        ReproducibleWeights weights = new ReproducibleWeights(file.model());
        try (ForwardPass pass = CompiledNetwork.compile(network, weights, List.of(map.name()), Precision.FP32, 8)) {
            List<float[]> outputs = pass.run(FloatBuffer.wrap(file.image()), 1);
            compare(features(map, Pooling.AVERAGE, outputs), file.featuresAverage(), AVERAGE);
            compare(features(map, Pooling.MAX, outputs), file.featuresMax(), MAX);
        }
    }

    private static float[] features(Node map, Pooling pooling, List<float[]> outputs) {
        return new FeatureLayout(List.of(map), Optional.of(pooling)).features(outputs, 0);
    }

    private static void compare(float[] actual, double[] expected, double relative) {
        double tolerance =
                relative * Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i])).as("feature %d", i).isLessThanOrEqualTo(tolerance);
        }
    }
}
