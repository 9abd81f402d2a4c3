package cnn.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.metrics.Scores;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemperatureTest {

    /** Of four images with p = 0.9 three are right: at the optimum p is 0.75, so T = ln 9 / ln 3 = 2. */
    @Test
    void findsTheTemperatureAtWhichProbabilitiesAreRight() {
        float[] row = {0.9f, 0.1f};
        Scores scores = new Scores(new int[] {0, 0, 0, 1}, new float[][] {row, row, row, row});
        Temperature found = Temperature.fit(scores).orElseThrow();
        assertThat(found.value()).isCloseTo(2, within(1e-6));
        assertThat(found.apply(row)).containsExactly(new float[] {0.75f, 0.25f}, within(1e-6f));
    }

    @Test
    void findsTheTemperatureThatLogitsWereMultipliedWith() {
        SplittableRandom random = new SplittableRandom(3);
        int images = 50_000;
        int[] actual = new int[images];
        float[][] rows = new float[images][];
        for (int i = 0; i < images; i++) {
            double[] logits = random.doubles(4, -3, 3).toArray();
            float[] truth = softmax(logits, 1);
            rows[i] = softmax(logits, 3);
            actual[i] = drawn(truth, random.nextDouble());
        }
        assertThat(Temperature.fit(new Scores(actual, rows)).orElseThrow().value())
                .isCloseTo(3, within(0.06));
    }

    @Test
    void noTemperatureAroundHasALowerLoss() {
        SplittableRandom random = new SplittableRandom(4);
        for (int classes : new int[] {2, 3, 20}) {
            int[] actual = new int[50];
            float[][] rows = new float[50][];
            for (int i = 0; i < actual.length; i++) {
                rows[i] = softmax(random.doubles(classes, -4, 4).toArray(), 1.5);
                actual[i] = random.nextDouble() < 0.3 ? random.nextInt(classes) : highest(rows[i]);
            }
            Scores scores = new Scores(actual, rows);
            double found = Temperature.fit(scores).orElseThrow().value();
            double loss = new Temperature(found).apply(scores).loss();
            assertThat(new Temperature(found * 1.01).apply(scores).loss()).isGreaterThan(loss);
            assertThat(new Temperature(found / 1.01).apply(scores).loss()).isGreaterThan(loss);
        }
    }

    @Test
    void thereIsNoneWhereAllIsRightAndTheHighestWhereAllIsWrong() {
        float[][] rows = {{0.9f, 0.1f}, {0.2f, 0.8f}};
        assertThat(Temperature.fit(new Scores(new int[] {0, 1}, rows))).isEmpty();
        assertThat(Temperature.fit(new Scores(new int[] {1, 0}, rows))
                        .orElseThrow()
                        .value())
                .isEqualTo(100);
    }

    @Test
    void leavesTheOrderAndCertaintyOfWhatIsCertain() {
        assertThat(new Temperature(2).apply(new float[] {0, 1, 0}))
                .containsExactly(new float[] {0, 1, 0}, within(1e-15f));
        // 1 and 0 are what is left of a sigmoid's 1 - 2^-25 and 2^-25
        assertThat(new Temperature(2).apply(new float[] {0, 1})[0]).isCloseTo(0x1p-12f * 0.70710678f, within(1e-7f));
        assertThat(Temperature.ONE.apply(new float[] {0.3f, 0.6f, 0.1f}))
                .containsExactly(new float[] {0.3f, 0.6f, 0.1f}, within(1e-7f));
    }

    private static float[] softmax(double[] logits, double factor) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(factor * logit);
        }
        float[] shares = new float[logits.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) (Math.exp(factor * logits[i]) / sum);
        }
        return shares;
    }

    private static int drawn(float[] shares, double at) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i];
            if (at < sum) {
                return i;
            }
        }
        return shares.length - 1;
    }

    private static int highest(float[] row) {
        return new Scores(new int[1], new float[][] {row}).predicted(0);
    }
}
