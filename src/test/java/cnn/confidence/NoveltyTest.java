package cnn.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.json.Json;
import cnn.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NoveltyTest {

    /** Angles of 0, 10, 20, 30, 40, 50 and 90 degrees: the fifth nearest of 90 is at 10, of 20 at 50, of 50 at 10. */
    @Test
    void measuresTheAngleToTheFifthNearest() {
        Novelty novelty = Novelty.of("x", List.of(at(0), at(10), at(20), at(30), at(40), at(50), at(90)));
        double[] fifths = IntStream.of(50, 40, 30, 30, 40, 40, 80)
                .mapToDouble(angle -> 1 - Math.cos(Math.toRadians(angle)))
                .sorted()
                .toArray();
        double threshold = fifths[5] + 0.94 * (fifths[6] - fifths[5]); // numpy: percentile(fifths, 99)
        assertThat(novelty.neighbours()).isEqualTo(5);
        assertThat(novelty.threshold()).isCloseTo(threshold, within(0.02));
        double expected =
                (1 - Math.cos(Math.toRadians(130))) / threshold; // fifth of 90, 50, 40, 30, 20: from 150 to 20
        assertThat(novelty.of(at(150))).isCloseTo(expected, within(0.05));
        assertThat(novelty.of(at(25))).isLessThan(1);
    }

    @Test
    void neitherLengthNorRoundingCounts() {
        SplittableRandom random = new SplittableRandom(5);
        List<float[]> rows = rows(random, 200, 300);
        Novelty novelty = Novelty.of("x", rows);
        for (int i = 0; i < 20; i++) {
            float[] seen = rows(random, 1, 300).get(0);
            float[] longer = seen.clone();
            for (int j = 0; j < longer.length; j++) {
                longer[j] *= 4;
            }
            assertThat(novelty.of(longer)).isEqualTo(novelty.of(seen));
            assertThat(novelty.of(seen) * novelty.threshold()).isCloseTo(exact(seen, rows), within(1e-3));
        }
    }

    @Test
    void flagsOneInAHundredOfTheirKindAndAllOfAnother() {
        SplittableRandom random = new SplittableRandom(6);
        Novelty novelty = Novelty.of("x", rows(random, 1_000, 50));
        List<float[]> others = rows(random, 1_000, 50);
        assertThat(others.stream().filter(row -> novelty.of(row) > 1).count()).isBetween(2L, 25L);
        float[] other = new float[50];
        other[7] = 1;
        assertThat(novelty.of(other)).isGreaterThan(1);
    }

    @Test
    void takesWhatHasNoDirectionForFar() {
        Novelty novelty = Novelty.of("x", List.of(new float[] {1, 0}, new float[] {1, 1}, new float[] {1, 0.5f}));
        for (float[] none :
                List.of(new float[2], new float[] {Float.NaN, 1}, new float[] {Float.POSITIVE_INFINITY, 1})) {
            assertThat(novelty.of(none) * novelty.threshold()).isCloseTo(1, within(1e-12));
        }
        Novelty copies = Novelty.of("x", List.of(new float[] {1, 2}, new float[] {1, 2}));
        assertThat(copies.threshold()).isCloseTo(0, within(1e-12));
        assertThat(copies.of(new float[] {1, 2})).isLessThan(1);
        assertThat(copies.of(new float[] {2, 1})).isGreaterThan(1).isFinite();
    }

    @Test
    void isReadAsItWasWritten() {
        Novelty written = Novelty.of("pool", rows(new SplittableRandom(7), 12, 9));
        String json = Json.text(written.fields());
        assertThat(Novelty.parse(JsonObject.parse("x", json)))
                .usingRecursiveComparison()
                .isEqualTo(written);
        for (String wrong : List.of(
                json.replace("\"neighbours\":5", "\"neighbours\":12"),
                json.replace("\"threshold\":", "\"threshold\":-"),
                json.replaceFirst("\"rows\":\\[\"", "\"rows\":[\"AAAA"),
                json.replaceFirst("\"rows\":\\[\"", "\"rows\":[\"!"))) {
            assertThatThrownBy(() -> Novelty.parse(JsonObject.parse("x", wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void keepsFewerRowsWhereTheyAreLong() {
        assertThat(Novelty.mostRows(768)).isEqualTo(2_000);
        assertThat(Novelty.mostRows(37_632)).isEqualTo(445);
        assertThat(Novelty.mostRows(100_000_000)).isEqualTo(2);
    }

    private static float[] at(int degrees) {
        return new float[] {(float) Math.cos(Math.toRadians(degrees)), (float) Math.sin(Math.toRadians(degrees))};
    }

    /** Features as after a ReLU. */
    private static List<float[]> rows(SplittableRandom random, int count, int features) {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] row = new float[features];
            for (int j = 0; j < features; j++) {
                row[j] = (float) Math.max(0, random.nextDouble(-0.5, 1));
            }
            rows.add(row);
        }
        return rows;
    }

    private static double exact(float[] seen, List<float[]> rows) {
        return rows.stream()
                .mapToDouble(row -> 1 - dot(seen, row) / Math.sqrt(dot(seen, seen) * dot(row, row)))
                .sorted()
                .toArray()[4];
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }
}
