package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Shape;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReproducibleWeightsTest {

    @Test
    void hashesAsPublished() {
        assertThat(Hash.fnv1a64("a")).isEqualTo(0xaf63dc4c8601ec8cL);
        assertThat(Hash.splitmix64(0)).isEqualTo(0xe220a8397b1dcdafL);
    }

    @ParameterizedTest
    @CsvSource({"vgg16, 32", "mobilenet, 137", "resnet50, 320", "inception_v3, 378"})
    void agreeWithTheCheckFile(String model, int count) throws IOException {
        ReproducibleWeights weights = new ReproducibleWeights(model);
        List<?> rows = (List<?>) checkFile().get(model);
        for (Object each : rows) {
            List<?> row = (List<?>) each;
            String name = (String) row.get(0);
            int slash = name.indexOf('/');
            Shape shape = new Shape(
                    ((List<?>) row.get(1)).stream().map(Integer.class::cast).toList());
            float[] values = weights.values(name.substring(0, slash), name.substring(slash + 1), shape);
            assertFirstLastSum(name, values, row.get(2), row.get(3), row.get(4));
        }
        assertThat(rows).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"160", "200", "224", "299"})
    void imagesAgreeWithTheCheckFile(int size) throws IOException {
        Map<?, ?> images = (Map<?, ?>) checkFile().get("input/image (size: first, second, last, sum)");
        List<?> row = (List<?>) images.get(String.valueOf(size));
        float[] image = GoldenImage.rgb(size);
        assertFirstLastSum("image " + size, image, row.get(0), row.get(2), row.get(3));
        assertThat(image[1]).isEqualTo(((Number) row.get(1)).floatValue());
        assertThat(image).hasSize(size * size * 3);
    }

    @Test
    void namesOf2019MeanThoseOf2015() throws IOException {
        GoldenFile resnet = GoldenFile.read(Shared.path("golden/golden_resnet50.json"));
        int compared = 0;
        for (GoldenFile.GoldenLayer layer : resnet.layers()) {
            if (List.of("Conv2D", "BatchNormalization", "Dense")
                    .contains(layer.kerasType().toString())) {
                assertThat(CanonicalNames.of("resnet50", layer.keras2019Name())).isEqualTo(layer.name());
                assertThat(CanonicalNames.of("resnet50", layer.name())).isEqualTo(layer.name());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(53 + 53 + 1);
    }

    @Test
    void inceptionCountsFromOne() {
        assertThat(CanonicalNames.of("inception_v3", "conv2d")).isEqualTo("conv2d_1");
        assertThat(CanonicalNames.of("inception_v3", "batch_normalization_93")).isEqualTo("batch_normalization_94");
        assertThat(CanonicalNames.of("inception_v3", "predictions")).isEqualTo("predictions");
    }

    private static void assertFirstLastSum(String name, float[] values, Object first, Object last, Object sum) {
        assertThat(values[0]).as("first of %s", name).isEqualTo(((Number) first).floatValue());
        assertThat(values[values.length - 1]).as("last of %s", name).isEqualTo(((Number) last).floatValue());
        double total = 0;
        double absolute = 0;
        for (float value : values) {
            total += value;
            absolute += Math.abs(value);
        }
        assertThat(total).as("sum of %s", name).isCloseTo(((Number) sum).doubleValue(), within(1e-12 * absolute));
    }

    private static Map<String, Object> checkFile() throws IOException {
        return JSON.std.mapFrom(Shared.path("golden/weights_check.json").toFile());
    }
}
