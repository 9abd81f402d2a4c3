package cnn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {

    @Test
    void passesOverTheLeastSureFirst() {
        // right at 0.95, wrong and right at 0.9, right at 0.8, wrong at 0.625
        Scores scores = new Scores(
                new int[] {0, 1, 0, 1, 0},
                new float[][] {{0.95f, 0.05f}, {0.9f, 0.1f}, {0.9f, 0.1f}, {0.2f, 0.8f}, {0.375f, 0.625f}});
        RiskCoverage curve = RiskCoverage.of(scores);
        assertThat(curve.points()).hasSize(4);
        assertThat(curve.points().stream().mapToInt(RiskCoverage.Point::images)).containsExactly(1, 3, 4, 5);
        assertThat(curve.points().stream()
                        .mapToDouble(RiskCoverage.Point::accuracy)
                        .toArray())
                .containsExactly(new double[] {1, 2 / 3.0, 0.75, 0.6}, within(1e-12));
        assertThat(curve.points().stream()
                        .mapToDouble(RiskCoverage.Point::threshold)
                        .toArray())
                .containsExactly(0.9, 0.89, 0.8, 0); // 0.9f is a little below 0.9
        assertThat(curve.atAccuracy(0.99).orElseThrow().coverage()).isEqualTo(0.2);
        assertThat(curve.atAccuracy(0.7).orElseThrow().coverage()).isEqualTo(0.8);
        assertThat(curve.atAccuracy(0.5).orElseThrow().threshold()).isZero();
        Scores wrong = new Scores(new int[] {1}, new float[][] {{0.9f, 0.1f}});
        assertThat(RiskCoverage.of(wrong).atAccuracy(0.01)).isEmpty();
    }

    /** What is typed as --threshold picks the very images that were counted. */
    @Test
    void thresholdsPickTheImagesThatWereCounted() {
        SplittableRandom random = new SplittableRandom(2);
        float[][] rows = new float[3_000][];
        for (int i = 0; i < rows.length; i++) {
            float p = random.nextInt(4) == 0 ? 1 - random.nextInt(40) * 0x1p-24f : (float) random.nextDouble(0.5, 1);
            rows[i] = new float[] {p, 1 - p};
        }
        Scores scores = new Scores(new int[rows.length], rows);
        for (RiskCoverage.Point point : RiskCoverage.of(scores).points()) {
            double typed = Double.parseDouble(String.valueOf(point.threshold()));
            int accepted = 0;
            for (float[] row : rows) {
                accepted += row[0] >= typed ? 1 : 0;
            }
            assertThat(accepted).as("at %s", point.threshold()).isEqualTo(point.images());
        }
    }
}
