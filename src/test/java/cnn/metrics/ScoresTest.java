package cnn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoresTest {

    @Test
    void takesTheFirstOfEquallyLikelyClasses() {
        Scores scores = new Scores(new int[] {1, 0}, new float[][] {{0.4f, 0.4f, 0.2f}, {0.4f, 0.4f, 0.2f}});
        assertThat(scores.predicted()).containsExactly(0, 0);
        assertThat(scores.right()).containsExactly(false, true);
        assertThat(scores.topAccuracy(1)).isEqualTo(0.5);
        assertThat(scores.topAccuracy(2)).isEqualTo(1);
    }

    @Test
    void countsTheTruthAmongTheLikeliest() {
        float[] row = {0.05f, 0.3f, 0.1f, 0.25f, 0.1f, 0.2f};
        Scores scores = new Scores(new int[] {1, 3, 5, 2, 4, 0}, new float[][] {row, row, row, row, row, row});
        for (int k = 1; k <= 6; k++) {
            assertThat(scores.topAccuracy(k)).isEqualTo(k / 6.0);
        }
        assertThat(scores.topAccuracy(9)).isEqualTo(1);
    }

    @Test
    void losesTheLogarithmOfWhatTheTruthWasGiven() {
        Scores scores = new Scores(new int[] {0, 1}, new float[][] {{0.5f, 0.5f}, {0.75f, 0.25f}});
        assertThat(scores.loss()).isCloseTo((Math.log(2) + Math.log(4)) / 2, within(1e-15));
        Scores wrong = new Scores(new int[] {0}, new float[][] {{0, 1}});
        assertThat(wrong.loss()).as("bounded as in Keras").isCloseTo(-Math.log(1e-7), within(1e-12));
        Scores right = new Scores(new int[] {1}, new float[][] {{0, 1}});
        assertThat(right.loss()).isCloseTo(1e-7, within(1e-12));
    }
}
