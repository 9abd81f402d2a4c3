package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.UserError;
import cnn.network.Network;
import cnn.program.NaiveForwardPass;
import cnn.program.RandomNetworks;
import cnn.program.Range;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import cnn.program.Ranges;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalibrationPassTest {
    private static final int IMAGES = 6;

    @Test
    void findsHowFarTheNumbersOfEachChannelGo() {
        for (long seed = 0; seed < 40; seed++) {
            Network network = RandomNetworks.network(seed);
            float[] images = RandomNetworks.images(seed, network, 1);
            Ranges ranges = ranges(seed, network, RangeMethod.MINMAX, images, 1);
            Map<String, double[]> expected = NaiveForwardPass.run(network, RandomNetworks.weights(seed), images);
            assertThat(ranges.values()).containsKey(network.input().name());
            ranges.values().forEach((name, range) -> {
                if (expected.containsKey(name)) {
                    assertHolds(range, expected.get(name));
                }
            });
        }
    }

    private static void assertHolds(Range range, double[] numbers) {
        int channels = range.means().size();
        double tolerance =
                1e-4 * (1 + Arrays.stream(numbers).map(Math::abs).max().orElseThrow());
        for (int c = 0; c < channels; c++) {
            double lowest = Double.POSITIVE_INFINITY;
            double highest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int i = c; i < numbers.length; i += channels) {
                lowest = Math.min(lowest, numbers[i]);
                highest = Math.max(highest, numbers[i]);
                sum += numbers[i];
            }
            assertThat((double) range.lowest().get(c)).isCloseTo(lowest, within(tolerance));
            assertThat((double) range.highest().get(c)).isCloseTo(highest, within(tolerance));
            assertThat((double) range.means().get(c)).isCloseTo(sum * channels / numbers.length, within(tolerance));
        }
        assertThat(range.low())
                .isEqualTo(range.lowest().stream().min(Float::compare).orElseThrow());
        assertThat(range.high())
                .isEqualTo(range.highest().stream().max(Float::compare).orElseThrow());
    }

    @Test
    void orderAndBatchesMakeNoDifference() {
        for (long seed = 0; seed < 10; seed++) {
            Network network = RandomNetworks.network(seed);
            float[] images = RandomNetworks.images(seed, network, IMAGES);
            int elements = images.length / IMAGES;
            float[] turned = new float[images.length];
            for (int i = 0; i < IMAGES; i++) {
                System.arraycopy(images, i * elements, turned, (IMAGES - 1 - i) * elements, elements);
            }
            for (RangeMethod method : RangeMethod.values()) {
                Ranges ranges = ranges(seed, network, method, images, 1);
                assertThat(ranges(seed, network, method, images, 3)).isEqualTo(ranges);
                assertThat(ranges(seed, network, method, turned, IMAGES)).isEqualTo(ranges);
            }
        }
    }

    @Test
    void everyMethodStaysWithinWhatWasSeen() {
        for (long seed = 0; seed < 20; seed++) {
            Network network = RandomNetworks.network(seed);
            float[] images = RandomNetworks.images(seed, network, IMAGES);
            Ranges all = ranges(seed, network, RangeMethod.MINMAX, images, IMAGES);
            for (RangeMethod method : RangeMethod.values()) {
                ranges(seed, network, method, images, IMAGES).values().forEach((name, range) -> {
                    assertThat(range.low())
                            .isGreaterThanOrEqualTo(all.values().get(name).low());
                    assertThat(range.high())
                            .isLessThanOrEqualTo(all.values().get(name).high());
                });
            }
        }
    }

    @Test
    void refusesNumbersThatAreNotFinite() {
        Network network = RandomNetworks.network(1);
        float[] images = RandomNetworks.images(1, network, 1);
        images[0] = Float.NaN;
        assertThatThrownBy(() -> ranges(1, network, RangeMethod.MINMAX, images, 1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("not finite");
    }

    static Ranges ranges(long seed, Network network, RangeMethod method, float[] images, int atOnce) {
        int elements = Math.toIntExact(network.input().outputShape().elements());
        List<String> outputs = List.of(network.output().name());
        try (RangeObserver observer = new CalibrationPass(network, RandomNetworks.weights(seed), outputs)) {
            for (int i = 0; i < images.length / elements; i += atOnce) {
                observer.observe(FloatBuffer.wrap(images, i * elements, atOnce * elements), atOnce);
            }
            return observer.ranges(method);
        }
    }
}
