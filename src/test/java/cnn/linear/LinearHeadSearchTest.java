package cnn.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.metrics.Scores;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds the best penalty of its path, and nothing depends on threads. */
class LinearHeadSearchTest {

    private static final LinearHeadSearch.Listener SILENT = new LinearHeadSearch.Listener() {
        @Override
        public void fitted(int done, int all) {}

        @Override
        public void working() {}
    };

    @ParameterizedTest
    @ValueSource(strings = {"pets", "flowers", "cifar"})
    @EnabledIf("cnn.linear.LinearHeadData#isHere")
    void takesThePenaltyOfTheLowestLoss(String name) {
        Samples samples = LinearHeadData.samples(name);
        LinearHeadSearch.Found found = search(5, 2).find(samples, SILENT);
        LinearHeadSearch.Tried best = found.validated().orElseThrow();
        assertThat(found.path()).hasSize(20).allMatch(tried -> tried.logLoss() >= best.logLoss());
        assertThat(best.accuracy())
                .isBetween(best.interval().low(), best.interval().high());
        assertThat(found.folds()).isEqualTo(5);
        assertThat(found.gradientMax()).isLessThan(1e-6 * found.objective());
        LinearHeadSearch.Found again = search(5, 1).find(samples, SILENT);
        assertThat(again.path()).isEqualTo(found.path());
        assertThat(Arrays.deepEquals(again.model().weights(), found.model().weights()))
                .isTrue();
        assertThat(again.model().intercepts()).containsExactly(found.model().intercepts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pets", "flowers", "cifar"})
    @EnabledIf("cnn.linear.LinearHeadData#isHere")
    void saysOutOfFoldWhatCrossValidationCounted(String name) {
        Samples samples = LinearHeadData.samples(name);
        LinearHeadSearch.Found found = search(5, 2).find(samples, SILENT);
        Scores scores = search(5, 2).outOfFold(samples, found, SILENT).orElseThrow();
        LinearHeadSearch.Tried tried = found.validated().orElseThrow();
        assertThat(scores.images()).isEqualTo(samples.count());
        assertThat(scores.topAccuracy(1)).isCloseTo(tried.accuracy(), within(1.0 / samples.count()));
        assertThat(scores.loss()).isCloseTo(tried.logLoss(), within(1e-3));
        assertThat(Arrays.deepEquals(
                        search(5, 1)
                                .outOfFold(samples, found, SILENT)
                                .orElseThrow()
                                .probabilities(),
                        scores.probabilities()))
                .isTrue();
    }

    @Test
    void dealsEveryClassOutEvenly() {
        int[] labels = IntStream.range(0, 103).map(i -> i % 10 == 0 ? 1 : 0).toArray();
        Samples samples = Samples.of(new double[103][1], labels, 2);
        List<int[]> folds = new Folds(samples).deal(5, 7);
        assertThat(folds.stream().flatMapToInt(IntStream::of).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 103).boxed().toList());
        assertThat(folds).allSatisfy(rows -> {
            assertThat(rows.length).isBetween(20, 21);
            assertThat(IntStream.of(rows).filter(row -> labels[row] == 1).count())
                    .isBetween(2L, 3L);
        });
        assertThat(new Folds(samples).deal(5, 8).get(0)).isNotEqualTo(folds.get(0));
    }

    @Test
    void copiesOfAnImageStayTogether() {
        int[] labels = IntStream.range(0, 60).map(i -> i % 2).toArray();
        int[] groups = IntStream.range(0, 60).map(i -> i / 3).toArray();
        Samples samples = Samples.of(new double[60][1], labels, 2).grouped(groups);
        for (int[] rows : new Folds(samples).deal(4, 7)) {
            assertThat(IntStream.of(rows).map(row -> groups[row]).distinct()).hasSize(rows.length / 3);
        }
    }

    @Test
    void aSmallClassMakesForFewerFoldsAndASingleImageIsAlwaysLearntFrom() {
        Samples small = random(new int[] {0, 1, 0, 1, 1, 0, 1, 0, 1, 2});
        assertThat(search(5, 1).find(small, SILENT).folds()).isEqualTo(4);
        assertThat(new Folds(small).deal(4, 1).stream().flatMapToInt(IntStream::of))
                .hasSize(9)
                .doesNotContain(9);
        LinearHeadSearch.Found alone = search(5, 1).find(random(new int[] {0, 1, 2}), SILENT);
        assertThat(alone.folds()).isZero();
        assertThat(alone.path()).isEmpty();
        assertThat(alone.validated()).isEmpty();
        assertThat(alone.penalty()).isEqualTo(LinearHeadSearch.UNVALIDATED);
    }

    @Test
    void findsWhatThereIsToFindHoweverWeakThePenalty() {
        Samples apart = Samples.of(new double[][] {{0, 1}, {0.1, 2}, {1, 1}, {1.2, 2}}, new int[] {0, 0, 1, 1}, 2);
        for (double penalty : new double[] {1e-9, 1, 1e3, 1e6, 1e9}) {
            LinearHeadSearch.Found found =
                    new LinearHeadSearch(OptionalDouble.of(penalty), 2, 42, 1).find(apart, SILENT);
            assertThat(found.objective()).as("C " + penalty).isPositive();
            assertThat(found.exact()).as("C " + penalty).isTrue();
            for (int row = 0; row < 4; row++) {
                assertThat(found.model().probabilities(apart.features()[row])[row / 2])
                        .isGreaterThan(0.5);
            }
        }
    }

    @Test
    void endsWithWhatItsListenerThrows() {
        class Stop extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        LinearHeadSearch.Listener impatient = new LinearHeadSearch.Listener() {
            @Override
            public void fitted(int done, int all) {
                assertThat(all).isEqualTo(80);
                if (done == 3) {
                    throw new Stop();
                }
            }

            @Override
            public void working() {}
        };
        Samples samples = random(new int[] {0, 1, 0, 1, 1, 0, 1, 0, 1});
        assertThatThrownBy(() -> search(5, 2).find(samples, impatient)).isInstanceOf(Stop.class);
    }

    private static LinearHeadSearch search(int folds, int threads) {
        return new LinearHeadSearch(OptionalDouble.empty(), folds, 42, threads);
    }

    private static Samples random(int[] labels) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] features = new double[labels.length][3];
        for (double[] row : features) {
            Arrays.setAll(row, j -> random.nextDouble());
        }
        return Samples.of(features, labels, IntStream.of(labels).max().orElseThrow() + 1);
    }
}
