package cnn.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The optimum is scikit-learn's, and the same bits come out for any number of threads. */
class LogisticRegressionTest {
    private static final LogisticRegression TIGHT = new LogisticRegression(1e-8);
    private static final Workers TWO = new Workers(new ForkJoinPool(2), () -> {});
    private static final Standardization UNSCALED = new Standardization(new double[3], new double[] {1, 1, 1});

    @ParameterizedTest
    @ValueSource(strings = {"pets", "flowers", "cifar"})
    @EnabledIf("cnn.linear.LinearHeadData#isHere")
    void findsTheOptimumOfScikitLearn(String name) {
        Samples samples = LinearHeadData.samples(name);
        for (Object each : (List<?>) LinearHeadData.expected(name).get("fits")) {
            Map<?, ?> fit = (Map<?, ?>) each;
            double penalty = LinearHeadData.number(fit.get("C"));
            Standardization scale = Boolean.TRUE.equals(fit.get("standardized"))
                    ? Standardization.of(samples.features(), samples.chosen())
                    : Standardization.centred(samples.features(), samples.chosen());
            LogisticRegression.Solution found =
                    TIGHT.fit(samples, scale, penalty, LogisticRegression.Start.zero(samples), TWO);
            String what = name + " C=" + penalty + " standardized=" + fit.get("standardized");
            double objective = LinearHeadData.number(fit.get("objective"));
            assertThat(found.converged()).as(what).isTrue();
            assertThat(found.objective()).as(what).isCloseTo(objective, within(1e-6 * objective));
            assertThat(found.gradientMax()).as(what).isLessThan(1e-6 * objective);
            List<?> rows = (List<?>) fit.get("probabilities_first_rows");
            for (int row = 0; row < rows.size(); row++) {
                double[] probabilities = found.model().probabilities(samples.features()[row]);
                double[] expected = expected(rows.get(row));
                double[] last =
                        Arrays.copyOfRange(probabilities, probabilities.length - expected.length, probabilities.length);
                assertThat(last).as(what + " row " + row).containsExactly(expected, within(1e-4));
            }
        }
    }

    private static double[] expected(Object row) {
        return ((List<?>) row).stream().mapToDouble(LinearHeadData::number).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pets", "flowers", "cifar"})
    @EnabledIf("cnn.linear.LinearHeadData#isHere")
    void crossValidatesAsScikitLearnDoes(String name) {
        Samples samples = LinearHeadData.samples(name);
        Map<?, ?> validation = (Map<?, ?>) LinearHeadData.expected(name).get("cross_validation");
        List<?> expected = (List<?>) validation.get("by_penalty");
        double[] penalties = expected.stream()
                .mapToDouble(point -> LinearHeadData.number(((Map<?, ?>) point).get("C")))
                .toArray();
        List<PenaltyPath.Point> points =
                new PenaltyPath(penalties, true).validate(samples, folds(samples), TWO, () -> {});
        for (int p = 0; p < penalties.length; p++) {
            Object accuracies = ((Map<?, ?>) expected.get(p)).get("fold_accuracy");
            assertThat(points.get(p).accuracies())
                    .as(name + " C=" + penalties[p])
                    .containsExactly(expected(accuracies), within(1e-12));
        }
    }

    private static List<int[]> folds(Samples samples) {
        return IntStream.range(0, 5)
                .mapToObj(fold -> IntStream.range(0, samples.count())
                        .filter(i -> (long) i * 7919 % 5 == fold)
                        .toArray())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void givesTheSameBitsForAnyNumberOfThreads(int classes) {
        Samples samples = random(5_000, 7, classes);
        LogisticRegression.Solution first = fit(samples, 1);
        for (int threads = 2; threads <= 5; threads++) {
            assertThat(fit(samples, threads).parameters()).containsExactly(first.parameters());
        }
    }

    private static LogisticRegression.Solution fit(Samples samples, int threads) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            Standardization scale = Standardization.of(samples.features(), samples.chosen());
            return TIGHT.fit(samples, scale, 1, LogisticRegression.Start.zero(samples), new Workers(pool, () -> {}));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void agreesWithDifferencesOfTheObjective() {
        Samples samples = random(50, 3, 3);
        LogisticRegression.Solution found =
                TIGHT.fit(samples, UNSCALED, 0.7, LogisticRegression.Start.zero(samples), TWO);
        for (int i = 0; i < found.parameters().length; i++) {
            for (double step : new double[] {-1e-3, 1e-3}) {
                double[] moved = found.parameters().clone();
                moved[i] += step;
                assertThat(objective(samples, moved, 0.7)).isGreaterThan(found.objective());
            }
        }
        assertThat(objective(samples, found.parameters(), 0.7)).isCloseTo(found.objective(), within(1e-12));
    }

    @Test
    void countsARowByTheWeightOfItsClass() {
        Samples samples = random(200, 3, 2);
        Samples weighted = samples.weighted(new double[] {1, 3});
        int[] repeated = IntStream.range(0, 200)
                .flatMap(i ->
                        IntStream.range(0, samples.labels()[i] == 1 ? 3 : 1).map(k -> i))
                .toArray();
        double[] once = TIGHT.fit(weighted, UNSCALED, 1, LogisticRegression.Start.zero(weighted), TWO)
                .parameters();
        double[] thrice = TIGHT.fit(samples.choose(repeated), UNSCALED, 1, LogisticRegression.Start.zero(samples), TWO)
                .parameters();
        assertThat(once).containsExactly(thrice, within(1e-6));
    }

    /** The definition, written out. */
    private static double objective(Samples samples, double[] parameters, double penalty) {
        int columns = samples.columns();
        int classes = samples.classes();
        double sum = 0;
        for (int row = 0; row < samples.count(); row++) {
            double[] scores = new double[classes];
            double all = 0;
            for (int k = 0; k < classes; k++) {
                scores[k] = parameters[classes * columns + k];
                for (int j = 0; j < columns; j++) {
                    scores[k] += parameters[k * columns + j] * samples.row(row)[j];
                }
                all += Math.exp(scores[k]);
            }
            sum += penalty * (Math.log(all) - scores[samples.label(row)]);
        }
        for (int i = 0; i < classes * columns; i++) {
            sum += parameters[i] * parameters[i] / 2;
        }
        return sum;
    }

    private static Samples random(int rows, int columns, int classes) {
        SplittableRandom random = new SplittableRandom(rows + classes);
        double[][] features = new double[rows][columns];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = random.nextInt(classes);
            for (int j = 0; j < columns; j++) {
                features[i][j] = random.nextDouble() * 4 + (j % classes == labels[i] ? 1 : 0);
            }
        }
        return Samples.of(features, labels, classes);
    }
}
