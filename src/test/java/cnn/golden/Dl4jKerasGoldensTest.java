package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.dl4j.Dl4jForwardPass;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.program.UnsupportedLayerException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One network of each family of Keras Applications by Deeplearning4j, beside real Keras: features at 150x150. Those with layers
 * that it does not have are named with the first of these. A line is printed for each; skipped without ../shared/keras.
 */
class Dl4jKerasGoldensTest {
    private static final double TOLERANCE = 2e-5;

    @ParameterizedTest
    @CsvSource({
        "VGG19",
        "ResNet50",
        "ResNet50V2",
        "DenseNet121",
        "InceptionV3",
        "MobileNet_0.25",
        "MobileNetV2_0.35",
    })
    void computesTheFeatures(String name) throws IOException {
        KerasGolden golden = golden(name);
        Network network = golden.network();
        FloatBuffer image = FloatBuffer.wrap(golden.image(network.input().outputShape()));
        try (ForwardPass pass = open(golden, network)) {
            float[] features = pass.run(image, 1).get(0);
            double[] expected = golden.features();
            assertThat(features).hasSameSizeAs(expected);
            double worst = 0;
            double largest = 0;
            for (int i = 0; i < expected.length; i++) {
                worst = Math.max(worst, Math.abs(features[i] - expected[i]));
                largest = Math.max(largest, Math.abs(expected[i]));
            }
            System.out.printf("%s by Deeplearning4j: %.2f of the tolerance%n", name, worst / (TOLERANCE * largest));
            assertThat(worst).as(name).isLessThan(TOLERANCE * largest);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MobileNetV3Small_1.0, a rescaling with an offset",
        "InceptionResNetV2, CustomScaleLayer",
        "Xception, SeparableConv2D",
        "NASNetMobile, SeparableConv2D",
        "EfficientNetB0, Normalization",
        "EfficientNetV2B0, Normalization",
        "ConvNeXtTiny, Normalization",
    })
    void namesWhatItCannotCompute(String name, String what) throws IOException {
        KerasGolden golden = golden(name);
        Network network = golden.network();
        assertThatThrownBy(() -> open(golden, network).close())
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining(what)
                .satisfies(refusal -> System.out.printf("%s: %s%n", name, refusal.getMessage()));
    }

    private static ForwardPass open(KerasGolden golden, Network network) {
        return Dl4jForwardPass.of(
                network, golden.weights(), List.of(network.output().name()));
    }

    private static KerasGolden golden(String name) throws IOException {
        Path folder = Shared.path("keras");
        return KerasGolden.read(folder.resolve("golden_" + name + "_notop_150.json"), folder.resolve("order"));
    }
}
