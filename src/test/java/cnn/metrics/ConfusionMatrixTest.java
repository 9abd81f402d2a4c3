package cnn.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expected values are worked out by hand from scikit-learn's definitions. */
class ConfusionMatrixTest {

    @Test
    void countsWhatWasTakenForWhat() {
        // truth a a a b b c, taken for a b a b c c
        ConfusionMatrix matrix = matrix(3, 0, 0, 0, 1, 1, 2, /**/ 0, 1, 0, 1, 2, 2);
        assertThat(matrix.count(0, 0)).isEqualTo(2);
        assertThat(matrix.count(0, 1)).isEqualTo(1);
        assertThat(matrix.count(1, 2)).isEqualTo(1);
        assertThat(matrix.images()).isEqualTo(6);
        assertThat(matrix.share(0, 1)).isEqualTo(1 / 3.0);
        assertThat(matrix.accuracy()).isEqualTo(4 / 6.0);
        assertThat(matrix.scores().get(0)).isEqualTo(new ClassScores(1, 2 / 3.0, 4 / 5.0, 3, 2));
        assertThat(matrix.scores().get(1)).isEqualTo(new ClassScores(0.5, 0.5, 0.5, 2, 2));
        assertThat(matrix.scores().get(2)).isEqualTo(new ClassScores(0.5, 1, 2 / 3.0, 1, 2));
    }

    @Test
    void averagesPlainlyAndBySupport() {
        ConfusionMatrix matrix = matrix(3, 0, 0, 0, 1, 1, 2, /**/ 0, 1, 0, 1, 2, 2);
        assertThat(matrix.macro().precision()).isCloseTo((1 + 0.5 + 0.5) / 3, within(1e-15));
        assertThat(matrix.macro().recall()).isCloseTo((2 / 3.0 + 0.5 + 1) / 3, within(1e-15));
        assertThat(matrix.macro().f1()).isCloseTo((0.8 + 0.5 + 2 / 3.0) / 3, within(1e-15));
        assertThat(matrix.weighted().precision()).isCloseTo((3 * 1 + 2 * 0.5 + 0.5) / 6, within(1e-15));
        assertThat(matrix.weighted().recall()).isCloseTo(matrix.accuracy(), within(1e-15));
        assertThat(matrix.weighted().f1()).isCloseTo((3 * 0.8 + 2 * 0.5 + 2 / 3.0) / 6, within(1e-15));
    }

    @Test
    void agreesBeyondChance() {
        // hits 4 of 6; truths 3 2 1, predictions 2 2 2: by chance (6 + 4 + 2) / 36 = 1/3
        ConfusionMatrix matrix = matrix(3, 0, 0, 0, 1, 1, 2, /**/ 0, 1, 0, 1, 2, 2);
        assertThat(matrix.kappa()).isCloseTo((4 / 6.0 - 1 / 3.0) / (1 - 1 / 3.0), within(1e-15));
        // (4 * 6 - 12) / (sqrt(36 - 12) sqrt(36 - 14))
        assertThat(matrix.matthews()).isCloseTo(12 / Math.sqrt(24.0 * 22.0), within(1e-15));
    }

    @Test
    void ofTwoClassesGivesThePhiCoefficient() {
        // 6 true positives, 3 true negatives, 1 false positive, 2 false negatives
        int[] actual = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1};
        int[] predicted = {1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0};
        ConfusionMatrix matrix = ConfusionMatrix.of(actual, predicted, 2);
        assertThat(matrix.matthews())
                .isCloseTo((6.0 * 3 - 1 * 2) / Math.sqrt((6 + 1.0) * (6 + 2) * (3 + 1) * (3 + 2)), within(1e-15));
        assertThat(matrix.scores().get(1)).isEqualTo(new ClassScores(6 / 7.0, 6 / 8.0, 12 / 15.0, 8, 7));
    }

    @Test
    void isPerfectOrWrongThroughout() {
        ConfusionMatrix perfect = matrix(3, 0, 1, 2, /**/ 0, 1, 2);
        assertThat(perfect.accuracy()).isEqualTo(1);
        assertThat(perfect.macro().f1()).isEqualTo(1);
        assertThat(perfect.matthews()).isCloseTo(1, within(1e-15));
        assertThat(perfect.kappa()).isEqualTo(1);
        ConfusionMatrix wrong = matrix(2, 0, 0, 1, 1, /**/ 1, 1, 0, 0);
        assertThat(wrong.accuracy()).isZero();
        assertThat(wrong.weighted()).isEqualTo(new ClassScores(0, 0, 0, 4, 4));
        assertThat(wrong.matthews()).isCloseTo(-1, within(1e-15));
        assertThat(wrong.kappa()).isEqualTo(-1);
    }

    @Test
    void givesZeroWhereAFigureIsUndefined() {
        // class 1 is never predicted, class 2 has no images, class 3 does not occur
        ConfusionMatrix matrix = matrix(4, 0, 0, 1, 1, /**/ 0, 2, 0, 2);
        assertThat(matrix.scores().get(1)).isEqualTo(new ClassScores(0, 0, 0, 2, 0));
        assertThat(matrix.scores().get(2)).isEqualTo(new ClassScores(0, 0, 0, 0, 2));
        assertThat(matrix.scores().get(3).occurs()).isFalse();
        assertThat(matrix.share(2, 2)).isZero();
        assertThat(matrix.macro().f1()).as("over three classes").isCloseTo(0.5 / 3, within(1e-15));
        ConfusionMatrix one = matrix(2, 0, 0, /**/ 0, 0);
        assertThat(one.matthews()).isZero();
        assertThat(one.kappa()).isZero();
        assertThat(one.macro().f1()).isEqualTo(1);
    }

    @Test
    void holdsForAThousandClasses() {
        int classes = 1000;
        int[] actual = IntStream.range(0, 10 * classes).map(i -> i % classes).toArray();
        int[] predicted = Arrays.copyOf(actual, actual.length);
        for (int i = 0; i < classes; i += 2) {
            predicted[i] = i + 1; // one of ten images of each even class
        }
        ConfusionMatrix matrix = ConfusionMatrix.of(actual, predicted, classes);
        assertThat(matrix.accuracy()).isEqualTo(0.95);
        assertThat(matrix.macro().recall()).isCloseTo(0.95, within(1e-12));
        assertThat(matrix.macro().precision()).isCloseTo((1 + 10 / 11.0) / 2, within(1e-12));
        assertThat(matrix.macro().f1()).isCloseTo((18 / 19.0 + 20 / 21.0) / 2, within(1e-12));
        assertThat(matrix.kappa()).isCloseTo((0.95 - 0.001) / 0.999, within(1e-12));
    }

    @Test
    void sumsToTheImagesWhateverTheyAre() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            int classes = random.nextInt(1, 12);
            int[] actual = random.ints(random.nextInt(1, 50), 0, classes).toArray();
            int[] predicted = random.ints(actual.length, 0, classes).toArray();
            ConfusionMatrix matrix = ConfusionMatrix.of(actual, predicted, classes);
            assertThat(matrix.scores().stream().mapToLong(ClassScores::support).sum())
                    .as("round " + round)
                    .isEqualTo(actual.length);
            assertThat(matrix.weighted().recall()).isCloseTo(matrix.accuracy(), within(1e-12));
        }
    }

    /** The first half are truths, the second half predictions. */
    private static ConfusionMatrix matrix(int classes, int... both) {
        int half = both.length / 2;
        return ConfusionMatrix.of(Arrays.copyOf(both, half), Arrays.copyOfRange(both, half, both.length), classes);
    }
}
