package cnn.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LogME and LEEP against values found otherwise: LogME by numpy 2.4 in double precision from the singular value decomposition
 * ({@code numpy.linalg.svd}) and the sums of the paper, LEEP by hand.
 */
class TransferScoresTest {

    @ParameterizedTest
    @CsvSource({
        "40, 6, -0.7681621430924653",
        "12, 20, -0.4814764745832791",
        "9, 9, -0.7322307590013417",
        "300, 40, -0.3367195479938596"
    })
    void logMeIsThatOfTheSingularValues(int images, int columns, double expected) {
        assertThat(LogMe.of(features(images, columns), labels(images), 3)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void logMeTakesFeaturesThatSayTheSameTwice() {
        double[][] twice = Arrays.stream(features(40, 6))
                .map(row -> IntStream.range(0, 8).mapToDouble(j -> row[j % 6]).toArray())
                .toArray(double[][]::new);
        assertThat(LogMe.of(twice, labels(40), 3)).isCloseTo(-0.7735423445305963, within(1e-9));
    }

    @Test
    void logMeIsHigherWhereFeaturesTellMore() {
        double[][] blind = features(60, 5);
        double[][] telling = features(60, 5);
        for (int i = 0; i < 60; i++) {
            telling[i][0] = i % 3;
            telling[i][1] = i % 3 == 1 ? 1 : 0;
        }
        assertThat(LogMe.of(telling, labels(60), 3)).isGreaterThan(1 + LogMe.of(blind, labels(60), 3));
    }

    @Test
    void logMeOfFeaturesThatAreAllZeroIsANumber() {
        assertThat(LogMe.of(new double[10][4], labels(10), 3)).isFinite();
        assertThat(LogMe.of(new double[4][10], labels(4), 3)).isFinite();
    }

    /**
     * Of class 0 there are (0.8, 0.2) and (0.6, 0.4), of class 1 there is (0.1, 0.9): P(0|z) is 1.4 / 1.5 and 0.6 / 1.5, P(1|z)
     * is 0.1 / 1.5 and 0.9 / 1.5.
     */
    @Test
    void leepIsTheMeanLogarithmOfTheExpectedPrediction() {
        double[][] probabilities = {{0.8, 0.2}, {0.6, 0.4}, {0.1, 0.9}};
        double first = (1.4 * 0.8 + 0.6 * 0.2) / 1.5;
        double second = (1.4 * 0.6 + 0.6 * 0.4) / 1.5;
        double third = (0.1 * 0.1 + 0.9 * 0.9) / 1.5;
        assertThat(Leep.of(probabilities, new int[] {0, 0, 1}, 2))
                .isCloseTo((Math.log(first) + Math.log(second) + Math.log(third)) / 3, within(1e-12));
    }

    @Test
    void leepIsZeroWhereTheNetworkKnowsTheClassesAndTheirEntropyWhereItKnowsNothing() {
        double[][] knows = {{1, 0, 0}, {0, 1, 0}, {1, 0, 0}, {0, 1, 0}};
        assertThat(Leep.of(knows, new int[] {0, 1, 0, 1}, 2)).isCloseTo(0, within(1e-12));
        double[][] blind = {{0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}};
        assertThat(Leep.of(blind, new int[] {0, 1, 0, 1}, 2)).isCloseTo(-Math.log(2), within(1e-12));
    }

    private static int[] labels(int images) {
        return IntStream.range(0, images).map(i -> i % 3).toArray();
    }

    /** sin(1 + 3 i + 7 j + 0.37 i j), and 0.5 more where i and j leave the same rest by 3. */
    private static double[][] features(int images, int columns) {
        return IntStream.range(0, images)
                .mapToObj(i -> IntStream.range(0, columns)
                        .mapToDouble(j -> Math.sin(1 + 3 * i + 7 * j + 0.37 * i * j) + (i % 3 == j % 3 ? 0.5 : 0))
                        .toArray())
                .toArray(double[][]::new);
    }
}
