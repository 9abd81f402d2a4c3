package cnn.linear;

import cnn.metrics.Bootstrap;
import cnn.metrics.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Finds the linear classifier of features that answers best for images that it has not learnt from: logistic regression
 * on standardised features, with the penalty that cross-validation likes best. Equal to the bit for any number of threads.
 *
 * @param penalty C, as scikit-learn states it; absent: the best of {@link #PENALTIES}
 * @param folds of the cross-validation
 * @param seed that deals the samples out to the folds
 */
public record LinearHeadSearch(OptionalDouble penalty, int folds, long seed, int threads) {
    private static final int VALUES = 20;
    private static final double STRONGEST = 1e-5;
    private static final double WEAKEST = 10;
    private static final double TOLERANCE = 1e-8;

    /**
     * What was found.
     *
     * @param penalty C
     * @param path the penalties that were tried, from the strongest to the weakest
     * @param accuracy the share of right answers for samples that were held back
     * @param interval in which the accuracy lies with 95 % confidence
     * @param objective C times the sum of the losses plus half the sum of the weights' squares
     * @param gradientMax the largest entry of the objective's gradient
     */
    public record Found(
            LinearModel model,
            double penalty,
            List<Tried> path,
            double accuracy,
            Interval interval,
            double objective,
            double gradientMax) {}

    /** How a penalty did in cross-validation: the mean over the folds, and the mean loss of a sample. */
    public record Tried(double penalty, double accuracy, double logLoss) {}

    /** The values of C that are tried: evenly spaced in their logarithm. */
    static double[] penalties() {
        double step = Math.log(WEAKEST / STRONGEST) / (VALUES - 1);
        return IntStream.range(0, VALUES)
                .mapToDouble(i -> STRONGEST * Math.exp(i * step))
                .toArray();
    }

    /**
     * @throws IllegalArgumentException if there are fewer samples than folds
     * @throws IllegalStateException if the optimum was not found, which numbers that are not finite bring about
     */
    public Found find(Samples samples) {
        if (samples.count() < folds) {
            throw new IllegalArgumentException(
                    "%d samples cannot be dealt out to %d folds".formatted(samples.count(), folds));
        }
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            double[] tried = penalty.isPresent() ? new double[] {penalty.getAsDouble()} : penalties();
            List<PenaltyPath.Point> path =
                    new PenaltyPath(tried, true).validate(samples, Folds.stratified(samples, folds, seed), pool);
            return refit(samples, path, pool);
        } finally {
            pool.shutdown();
        }
    }

    private Found refit(Samples samples, List<PenaltyPath.Point> path, ForkJoinPool pool) {
        PenaltyPath.Point best = path.stream()
                .max(Comparator.comparingDouble(PenaltyPath.Point::accuracy)
                        .thenComparing(Comparator.comparingDouble(PenaltyPath.Point::logLoss)
                                .reversed()))
                .orElseThrow();
        Standardization scale = Standardization.of(samples.features(), samples.chosen());
        LogisticRegression.Solution found = new LogisticRegression(TOLERANCE)
                .fit(samples, scale, best.penalty(), LogisticRegression.zero(samples), pool);
        if (!found.converged()) {
            throw new IllegalStateException("no optimum after %d iterations; the gradient's largest entry is %s"
                    .formatted(found.iterations(), found.gradientMax()));
        }
        return new Found(
                found.model(),
                best.penalty(),
                path.stream()
                        .map(point -> new Tried(point.penalty(), point.accuracy(), point.logLoss()))
                        .toList(),
                best.accuracy(),
                interval(samples, best.right()),
                found.objective(),
                found.gradientMax());
    }

    private Interval interval(Samples samples, boolean[] right) {
        int[] rows = samples.chosen();
        return new Bootstrap(seed).of(rows.length, drawn -> IntStream.of(drawn)
                .mapToDouble(i -> right[rows[i]] ? 1 : 0)
                .average()
                .orElseThrow());
    }
}
