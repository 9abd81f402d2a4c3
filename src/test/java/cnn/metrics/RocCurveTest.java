package cnn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.metrics.RocCurve.Point;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RocCurveTest {

    @Test
    void givesScikitLearnsExample() {
        // roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) is 0.75
        RocCurve curve = curve(new int[] {0, 0, 1, 1}, 0.1f, 0.4f, 0.35f, 0.8f);
        assertThat(curve.area()).isEqualTo(0.75);
        assertThat(curve.points())
                .containsExactly(
                        new Point(0, 0), new Point(0, 0.5), new Point(0.5, 0.5), new Point(0.5, 1), new Point(1, 1));
    }

    @Test
    void countsTiesHalf() {
        // pairs of one and a zero: 0.5 > 0.2, 0.5 = 0.5, 0.9 > both
        assertThat(curve(new int[] {0, 0, 1, 1}, 0.2f, 0.5f, 0.5f, 0.9f).area()).isEqualTo(3.5 / 4);
        RocCurve allTied = curve(new int[] {0, 1, 0, 1}, 0.5f, 0.5f, 0.5f, 0.5f);
        assertThat(allTied.area()).isEqualTo(0.5);
        assertThat(allTied.points()).containsExactly(new Point(0, 0), new Point(1, 1));
    }

    @Test
    void isOneOrZeroAtTheEnds() {
        assertThat(curve(new int[] {0, 0, 1}, 0.1f, 0.2f, 0.3f).area()).isEqualTo(1);
        assertThat(curve(new int[] {1, 0, 0}, 0.1f, 0.2f, 0.3f).area()).isZero();
    }

    @Test
    void isAbsentWithoutImagesOfTheClassOrOfOthers() {
        Scores scores = scores(new int[] {1, 1}, 0.1f, 0.2f);
        assertThat(RocCurve.of(scores, 1)).isEmpty();
        assertThat(RocCurve.of(scores, 0)).isEmpty();
    }

    @Test
    void equalsTheCountOverAllPairs() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            int[] actual = random.ints(30, 0, 2).toArray();
            float[] given = new float[30];
            for (int i = 0; i < given.length; i++) {
                given[i] = random.nextInt(8) / 8f;
            }
            double wins = 0;
            int pairs = 0;
            for (int i = 0; i < 30; i++) {
                for (int j = 0; j < 30; j++) {
                    if (actual[i] == 1 && actual[j] == 0) {
                        wins += given[i] > given[j] ? 1 : given[i] == given[j] ? 0.5 : 0;
                        pairs++;
                    }
                }
            }
            assertThat(curve(actual, given).area()).as("round " + round).isCloseTo(wins / pairs, within(1e-12));
        }
    }

    private static RocCurve curve(int[] actual, float... ofClass1) {
        return RocCurve.of(scores(actual, ofClass1), 1).get(0);
    }

    private static Scores scores(int[] actual, float... ofClass1) {
        float[][] rows = new float[actual.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {1 - ofClass1[i], ofClass1[i]};
        }
        return new Scores(actual, rows);
    }
}
