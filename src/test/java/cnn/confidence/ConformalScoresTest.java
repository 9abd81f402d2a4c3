package cnn.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.json.Json;
import cnn.json.JsonObject;
import cnn.metrics.Scores;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConformalScoresTest {

    /** n = 9: 90 % take the 9th of 10 places, 80 % the 8th, 95 % the 10th, which is not there. */
    @Test
    void takesThePlaceThatTheFormulaSays() {
        ConformalScores scores =
                ConformalScores.ofUnsorted(new float[] {0.1f, 0.9f, 0.2f, 0.8f, 0.3f, 0.7f, 0.4f, 0.6f, 0.5f});
        assertThat(scores.least(0.9)).isEqualTo(0.1f);
        assertThat(scores.least(0.8)).isEqualTo(0.2f);
        assertThat(scores.least(0.81)).isEqualTo(0.1f);
        assertThat(scores.least(0.05)).isEqualTo(0.9f);
        assertThat(scores.least(0.95)).isZero();
    }

    /** (99 + 1) times 0.07 is 7.000000000000001 in double precision, and must not become the 8th place. */
    @Test
    void countsInDecimalNumbers() {
        float[] descending = new float[99];
        for (int i = 0; i < 99; i++) {
            descending[i] = (99 - i) / 100f;
        }
        for (int percent = 1; percent < 100; percent++) {
            assertThat(new ConformalScores(descending).least(percent / 100.0)).isEqualTo(descending[percent - 1]);
        }
    }

    @Test
    void saysHowManyImagesALevelTakes() {
        assertThat(ConformalScores.needed(0.9)).isEqualTo(9);
        assertThat(ConformalScores.needed(0.95)).isEqualTo(19);
        assertThat(ConformalScores.needed(0.99)).isEqualTo(99);
        assertThat(ConformalScores.needed(0.999)).isEqualTo(999);
        assertThat(ConformalScores.needed(0.5)).isEqualTo(1);
        for (double level : new double[] {0.3, 0.9, 0.93, 0.99}) {
            int needed = (int) ConformalScores.needed(level);
            assertThat(new ConformalScores(ones(needed)).least(level)).isEqualTo(1);
            assertThat(new ConformalScores(ones(needed - 1)).least(level)).isZero();
        }
    }

    @Test
    void aSetHoldsAllThatIsLikelyEnoughAndMayBeEmpty() {
        float[] row = {0.1f, 0.6f, 0.3f};
        assertThat(ConformalScores.set(row, 0.3f)).containsExactly(1, 2);
        assertThat(ConformalScores.set(row, 0.7f)).isEmpty();
        assertThat(ConformalScores.set(row, 0)).containsExactly(0, 1, 2);
    }

    /** Whatever the model says, and however bad it is: the mean over many draws is (k of n + 1) exactly. */
    @Test
    void coversWhatItPromises() {
        SplittableRandom random = new SplittableRandom(1);
        for (double level : new double[] {0.8, 0.9, 0.95}) {
            double covered = 0;
            int draws = 4_000;
            for (int draw = 0; draw < draws; draw++) {
                float[] held = new float[60];
                for (int i = 0; i < held.length; i++) {
                    held[i] = random.nextFloat();
                }
                covered +=
                        random.nextFloat() >= ConformalScores.ofUnsorted(held).least(level) ? 1 : 0;
            }
            double expected = Math.ceil(61 * level) / 61;
            assertThat(covered / draws).isCloseTo(expected, within(3 * Math.sqrt(0.2 * 0.8 / draws)));
        }
    }

    @Test
    void isReadAsItWasWritten() {
        Scores held = new Scores(new int[] {0, 1, 1}, new float[][] {{0.7f, 0.3f}, {0.1f, 0.9f}, {0.55f, 0.45f}});
        ConfidenceCalibration written = ConfidenceCalibration.of(
                ConfidenceCalibration.Source.OUT_OF_FOLD,
                held,
                new Temperature(1.7),
                IntStream.range(0, 3).toArray());
        String json = Json.indented(written.fields());
        assertThat(ConfidenceCalibration.parse(JsonObject.parse("x", json)))
                .usingRecursiveComparison()
                .isEqualTo(written);
        assertThat(written.scores().probabilities()).containsExactly(0.9f, 0.7f, 0.45f);
        for (String wrong : new String[] {
            json.replace("1.7", "0"), json.replace("out_of_fold", "elsewhere"), json.replace("0.45", "0.95")
        }) {
            assertThatThrownBy(() -> ConfidenceCalibration.parse(JsonObject.parse("x", wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
