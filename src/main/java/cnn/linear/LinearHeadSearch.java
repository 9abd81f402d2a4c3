package cnn.linear;

import cnn.metrics.Interval;
import cnn.metrics.Scores;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Finds the linear classifier of features that answers best for images that it has not learnt from: logistic regression
 * on standardised features, with the penalty of the lowest loss in cross-validation, which chance moves less than the number
 * of right answers. Equal to the bit for any number of threads.
 *
 * @param penalty C, as scikit-learn states it; absent: the best of 20, or {@link #UNVALIDATED} where no class has two
 *     groups of rows
 * @param folds of the cross-validation; fewer where a class has fewer groups of rows
 * @param seed that deals the samples out to the folds
 */
public record LinearHeadSearch(OptionalDouble penalty, int folds, long seed, int threads) {
    /** What is taken for C where nothing can be held back to choose by. */
    public static final double UNVALIDATED = 0.01;

    private static final int VALUES = 20;
    private static final double STRONGEST = 1e-5;
    private static final double WEAKEST = 10;
    private static final double TOLERANCE = 1e-8;
    private static final double EXACT = 1e-6;

    /**
     * What was found.
     *
     * @param penalty C
     * @param iterations of the last search
     * @param objective C times the sum of the losses plus half the sum of the weights' squares
     * @param gradientMax the largest entry of the objective's gradient
     * @param folds of the cross-validation; 0 if there was none
     * @param path the penalties that were tried, from the strongest to the weakest
     */
    public record Found(
            LinearModel model,
            double penalty,
            int iterations,
            double objective,
            double gradientMax,
            int folds,
            List<Tried> path) {

        /**
         * Whether this is the optimum. Where it is not, the penalty is so weak that double precision tells no better place
         * apart.
         */
        public boolean exact() {
            return gradientMax <= EXACT * objective;
        }

        /** How the penalty did in cross-validation, if there was one. */
        public Optional<Tried> validated() {
            return path.stream().filter(tried -> tried.penalty() == penalty).findFirst();
        }
    }

    /**
     * How a penalty did in cross-validation.
     *
     * @param accuracy the share of right answers for samples that were held back
     * @param interval in which it lies with 95 % confidence
     * @param logLoss the mean loss of these samples
     */
    public record Tried(double penalty, double accuracy, Interval interval, double logLoss) {}

    /** Hears how far a search is, on any thread; what it throws ends the search. */
    public interface Listener {

        /** How many fits of how many are done. */
        void fitted(int done, int all);

        /** The search goes on: called some times a second or more often. */
        void working();
    }

    /** The values of C that are tried: evenly spaced in their logarithm, rounded to what people can type. */
    static double[] penalties() {
        double step = Math.log(WEAKEST / STRONGEST) / (VALUES - 1);
        return IntStream.range(0, VALUES)
                .mapToObj(i -> new BigDecimal(STRONGEST * Math.exp(i * step)))
                .mapToDouble(value -> value.round(new MathContext(3)).doubleValue())
                .toArray();
    }

    /** @throws IllegalStateException if there is no optimum, which numbers that are not finite bring about */
    public Found find(Samples samples, Listener listener) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            Workers workers = new Workers(pool, listener::working);
            List<Tried> path = path(samples, workers, listener);
            double chosen = penalty.orElseGet(() -> path.stream()
                    .min(Comparator.comparingDouble(Tried::logLoss))
                    .map(Tried::penalty)
                    .orElse(UNVALIDATED));
            return fit(samples, chosen, foldsOf(samples), path, workers);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The same with more samples, for the penalty that was found. */
    public Found refit(Samples samples, Found found, Listener listener) {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            Workers workers = new Workers(pool, listener::working);
            return fit(samples, found.penalty(), found.folds(), found.path(), workers);
        } finally {
            pool.shutdownNow();
        }
    }

    /**
     * What is said of each row by a classifier of the penalty found that has learnt from the other folds only; empty where
     * there can be no folds. Rows in no fold are left out.
     */
    public Optional<Scores> outOfFold(Samples samples, Found found, Listener listener) {
        int count = foldsOf(samples);
        if (count == 0) {
            return Optional.empty();
        }
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            Workers workers = new Workers(pool, listener::working);
            List<int[]> folds = new Folds(samples).deal(count, seed);
            List<LinearModel> models = workers.all(folds.stream()
                    .map(rows -> (Callable<LinearModel>)
                            () -> fit(samples.without(rows), found.penalty(), count, List.of(), workers)
                                    .model())
                    .toList());
            List<float[]> probabilities = new ArrayList<>();
            for (int fold = 0; fold < count; fold++) {
                for (int row : folds.get(fold)) {
                    probabilities.add(models.get(fold).floats(samples.features()[row]));
                }
            }
            int[] actual = folds.stream()
                    .flatMapToInt(IntStream::of)
                    .map(row -> samples.labels()[row])
                    .toArray();
            return Optional.of(new Scores(actual, probabilities.toArray(float[][]::new)));
        } finally {
            pool.shutdownNow();
        }
    }

    private int foldsOf(Samples samples) {
        return Math.min(folds, new Folds(samples).most());
    }

    private List<Tried> path(Samples samples, Workers workers, Listener listener) {
        int count = foldsOf(samples);
        if (count == 0) {
            return List.of();
        }
        double[] tried = penalty.isPresent() ? new double[] {penalty.getAsDouble()} : penalties();
        AtomicInteger done = new AtomicInteger();
        int all = tried.length * count;
        return new PenaltyPath(tried, true)
                        .validate(
                                samples,
                                new Folds(samples).deal(count, seed),
                                workers,
                                () -> listener.fitted(done.incrementAndGet(), all))
                        .stream()
                        .map(point -> new Tried(
                                point.penalty(),
                                (double) point.right() / point.rows(),
                                Interval.ofShare(point.right(), point.rows()),
                                point.logLoss()))
                        .toList();
    }

    private static Found fit(Samples samples, double penalty, int folds, List<Tried> path, Workers workers) {
        Standardization scale = Standardization.of(samples.features(), samples.chosen());
        LogisticRegression.Solution found = new LogisticRegression(TOLERANCE)
                .fit(samples, scale, penalty, LogisticRegression.Start.zero(samples), workers);
        if (!Double.isFinite(found.objective() + found.gradientMax())) {
            throw new IllegalStateException("the objective is %s, the gradient's largest entry %s"
                    .formatted(found.objective(), found.gradientMax()));
        }
        return new Found(
                found.model(), penalty, found.iterations(), found.objective(), found.gradientMax(), folds, path);
    }
}
