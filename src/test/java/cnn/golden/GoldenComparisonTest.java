package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.golden.GoldenFile.GoldenLayer;
import cnn.golden.GoldenFile.Probes;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenComparisonTest {
    /** Of the values 0, 1, ... 63: mean 31.5, standard deviation sqrt((64^2 - 1) / 12), every second one a sample. */
    private static final GoldenLayer RAMP = new GoldenLayer(
            "ramp", "Activation", List.of(4, 4, 4), new Probes(31.5, Math.sqrt(341.25), 0, 63, 1, evenNumbers()), null);

    private final GoldenComparison comparison = new GoldenComparison();

    @Test
    void acceptsEqualValues() {
        comparison.layer(RAMP, false, ramp());
        assertThat(comparison.failures()).isEmpty();
        assertThat(comparison.worst().share()).isLessThan(1e-9);
    }

    @Test
    void findsASampleThatIsOffByMoreThanItsShareOfTheDeviation() {
        float[] values = ramp();
        values[10] += 4e-3f;
        values[20] += 3e-3f;
        comparison.layer(RAMP, false, values);
        assertThat(comparison.failures())
                .extracting(GoldenComparison.Deviation::where)
                .containsExactly("ramp sample 5");
    }

    @Test
    void findsValuesBetweenTheSamplesByTheMean() {
        float[] values = ramp();
        values[11] += 1;
        comparison.layer(RAMP, false, values);
        assertThat(comparison.failures())
                .extracting(GoldenComparison.Deviation::where)
                .contains("ramp mean");
    }

    @Test
    void neverAcceptsNaN() {
        float[] values = ramp();
        values[2] = Float.NaN;
        comparison.layer(RAMP, false, values);
        assertThat(comparison.failures().get(0).share()).isNaN();
    }

    @Test
    void holdsProbabilitiesToBothTolerances() {
        comparison.probabilities(
                new double[] {0.5, 0.5, 1e-3, 1e-3},
                new float[] {0.5f + 1.9e-5f, 0.5f + 2.1e-5f, 1e-3f + 4.9e-7f, 1e-3f + 5.1e-7f});
        assertThat(comparison.failures())
                .extracting(GoldenComparison.Deviation::where)
                .containsExactlyInAnyOrder("probability of class 1", "probability of class 3");
    }

    private static float[] ramp() {
        float[] values = new float[64];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return values;
    }

    private static double[] evenNumbers() {
        double[] samples = new double[32];
        Arrays.setAll(samples, i -> 2 * i);
        return samples;
    }
}
