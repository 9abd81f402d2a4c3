package cnn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {

    @Test
    void weighsTheDistancesOfItsBins() {
        // 0.9, 0.9 (one right) in the bin up to 14/15; 0.625 (right) in the bin up to 10/15
        Scores scores = new Scores(new int[] {0, 1, 1}, new float[][] {{0.9f, 0.1f}, {0.9f, 0.1f}, {0.375f, 0.625f}});
        Calibration found = Calibration.of(scores);
        assertThat(found.bins()).hasSize(15);
        assertThat(found.bins().get(13).images()).isEqualTo(2);
        assertThat(found.bins().get(13).accuracy()).isEqualTo(0.5);
        assertThat(found.bins().get(13).confidence()).isCloseTo(0.9, within(1e-7));
        assertThat(found.bins().get(9).images()).isEqualTo(1);
        assertThat(found.error()).isCloseTo(0.4 * 2 / 3 + 0.375 / 3, within(1e-7));
    }

    @Test
    void putsCertaintyInTheLastBinAndIsZeroWhenEarned() {
        Calibration sure = Calibration.of(new Scores(new int[] {0, 0}, new float[][] {{1, 0}, {1, 0}}));
        assertThat(sure.bins().get(14).images()).isEqualTo(2);
        assertThat(sure.error()).isZero();
        Calibration wrong = Calibration.of(new Scores(new int[] {1, 1}, new float[][] {{1, 0}, {1, 0}}));
        assertThat(wrong.error()).isEqualTo(1);
    }

    @Test
    void letsABinEndWithItsUpperBorder() {
        // 0.2 is 3/15: of five classes, all equally likely
        float[] row = {0.2f, 0.2f, 0.2f, 0.2f, 0.2f};
        Calibration found = Calibration.of(new Scores(new int[] {0}, new float[][] {row}));
        assertThat(found.bins().stream().filter(bin -> bin.images() > 0)).hasSize(1);
        assertThat(found.error()).isCloseTo(0.8, within(1e-7));
    }
}
