package cnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.program.Targets;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixupTest {

    @Test
    void laysSamplesAndClassesOverEachOtherByTheSameShares() {
        FloatBuffer rows = FloatBuffer.wrap(new float[] {1, 2, 10, 20, 100, 200});
        List<Targets> targets = new Mixup(0.7, 3).mix(rows, inputs(rows), 2, 5);
        float share = targets.get(0).weights()[0];
        assertThat(share).isBetween(0.001f, 0.999f);
        assertThat(targets.get(0).classes()).containsExactly(0, 1, 2);
        assertThat(targets.get(0).weights()).containsExactly(share, share * 2, share * 3);
        assertThat(targets.get(1).classes()).containsExactly(2, 1, 0);
        assertThat(targets.get(1).weights()).containsExactly((1 - share) * 3, (1 - share) * 2, 1 - share);
        assertThat(rows.get(1)).isCloseTo(share * 2 + (1 - share) * 200, within(1e-4f));
        assertThat(rows.get(5)).isCloseTo(share * 200 + (1 - share) * 2, within(1e-4f));
        assertThat(rows.get(2)).as("the one in the middle").isEqualTo(10);
    }

    @Test
    void sharesDependOnSeedEpochAndBatchAlone() {
        float share = share(new Mixup(0.5, 3), 2, 5);
        assertThat(share(new Mixup(0.5, 3), 2, 5)).isEqualTo(share);
        assertThat(share(new Mixup(0.5, 4), 2, 5)).isNotEqualTo(share);
        assertThat(share(new Mixup(0.5, 3), 3, 5)).isNotEqualTo(share);
        assertThat(share(new Mixup(0.5, 3), 2, 6)).isNotEqualTo(share);
    }

    /** The variance of Beta(a, a) is 1 / (4 (2a + 1)). */
    @Test
    void sharesAreSpreadAsAlphaSays() {
        for (double alpha : new double[] {0.2, 1, 4}) {
            double squares = 0;
            for (int batch = 0; batch < 2000; batch++) {
                double off = share(new Mixup(alpha, 1), 1, batch) - 0.5;
                squares += off * off;
            }
            assertThat(squares / 2000).as("alpha %s", alpha).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.01));
        }
    }

    @Test
    void anAlphaOfZeroLeavesAllAsItIs() {
        FloatBuffer rows = FloatBuffer.wrap(new float[] {1, 2, 10, 20, 100, 200});
        assertThat(new Mixup(0, 3).mix(rows, inputs(rows), 2, 5)).hasSize(1);
        assertThat(rows.array()).containsExactly(1, 2, 10, 20, 100, 200);
    }

    private static float share(Mixup mixup, int epoch, int batch) {
        FloatBuffer rows = FloatBuffer.wrap(new float[6]);
        return mixup.mix(rows, inputs(rows), epoch, batch).get(0).weights()[0];
    }

    private static Batches.Inputs inputs(FloatBuffer rows) {
        return new Batches.Inputs(rows, new int[] {0, 1, 2}, new float[] {1, 2, 3}, 3);
    }
}
