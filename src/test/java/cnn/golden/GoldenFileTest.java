package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"golden_vgg16", "golden_inception_v3_notop_200"})
    void imageIsTheOneThatTheNetworkWasGiven(String name) throws IOException {
        GoldenFile golden = GoldenFile.read(Shared.path("golden/" + name + ".json"));
        float[] image = golden.image();
        double[] samples = golden.input().samples();
        assertThat(samples).hasSize(32);
        for (int i = 0; i < samples.length; i++) {
            float value = image[(int) ((long) i * image.length / samples.length)];
            assertThat((double) value).isCloseTo(samples[i], within(1e-6 * Math.max(1, Math.abs(samples[i]))));
        }
    }
}
