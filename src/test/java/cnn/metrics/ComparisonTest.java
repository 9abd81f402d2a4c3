package cnn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void countsTheBinomialTailWhereDisagreementsAreFew() {
        // two-sided: 2 * (1 + 7 + 21) / 128 and 2 * 1 / 64
        assertThat(McNemar.of(5, 2)).isEqualTo(new McNemar(5, 2, McNemar.Method.EXACT_BINOMIAL, 58 / 128.0));
        assertThat(McNemar.of(0, 6).p()).isEqualTo(1 / 32.0);
        assertThat(McNemar.of(3, 3).p()).isEqualTo(1);
        assertThat(McNemar.of(0, 0).p()).isEqualTo(1);
        assertThat(McNemar.of(12, 12).method()).isEqualTo(McNemar.Method.EXACT_BINOMIAL);
    }

    @Test
    void takesChiSquareWhereTheyAreMany() {
        // (|59 - 6| - 1)^2 / 65 = 41.6, whose p is 1.1e-10; (|10 - 20| - 1)^2 / 30 = 2.7 gives 0.100348
        assertThat(McNemar.of(59, 6).method()).isEqualTo(McNemar.Method.CHI_SQUARE);
        assertThat(McNemar.of(59, 6).p()).isCloseTo(1.1199327149542438e-10, within(1e-20));
        assertThat(McNemar.of(10, 20).p()).isCloseTo(0.10034824646229074, within(1e-14));
        assertThat(McNemar.of(20, 20).p()).isEqualTo(1);
    }

    @Test
    void countsOnlyImagesOnWhichTheyDisagree() {
        boolean[] first = {true, true, false, false, true};
        boolean[] second = {true, false, true, false, false};
        PairedDifference found = PairedDifference.of(first, second, 1);
        assertThat(found.difference()).isEqualTo(-0.2);
        assertThat(found.test().onlyFirst()).isEqualTo(2);
        assertThat(found.test().onlySecond()).isEqualTo(1);
        assertThat(PairedDifference.of(first, first, 1).interval()).isEqualTo(new Interval(0, 0));
    }

    @Test
    void drawsAnIntervalAsWideAsTheNormalOneAndTheSameForASeed() {
        boolean[] right = new boolean[400];
        Arrays.fill(right, 0, 320, true);
        Interval interval = accuracy(right, 7);
        double halfWidth = 1.96 * Math.sqrt(0.8 * 0.2 / 400);
        assertThat(interval.low()).isCloseTo(0.8 - halfWidth, within(0.006));
        assertThat(interval.high()).isCloseTo(0.8 + halfWidth, within(0.006));
        assertThat(accuracy(right, 7)).isEqualTo(interval);
        assertThat(accuracy(right, 8)).isNotEqualTo(interval);
        assertThat(Bootstrap.percentile(new double[] {1, 2, 4}, 0.75)).isEqualTo(3);
    }

    @Test
    void givesBothIntervalsOfAnEvaluation() {
        Scores scores = new Scores(
                new int[] {0, 0, 1, 1}, new float[][] {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.4f, 0.6f}});
        Figures perfect = Figures.of(scores, 1);
        assertThat(perfect.accuracyInterval()).isEqualTo(new Interval(1, 1));
        assertThat(perfect.macroF1Interval()).isEqualTo(new Interval(1, 1));
        assertThat(perfect.macroArea()).hasValue(1);
        assertThat(perfect.top5Accuracy()).isEqualTo(1);
    }

    private static Interval accuracy(boolean[] right, long seed) {
        return new Bootstrap(seed).of(right.length, drawn -> Arrays.stream(drawn)
                .mapToDouble(i -> right[i] ? 1 : 0)
                .average()
                .orElseThrow());
    }
}
