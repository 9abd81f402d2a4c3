package cnn.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/**
 * How well classifiers of several penalties answer for rows that they have not learnt from: k-fold cross-validation. In
 * each fold the penalties go from the strongest to the weakest, and each search starts where the one before ended.
 *
 * @param penalties values of C, ascending
 * @param standardized whether each fold's features are standardised by its training rows
 */
record PenaltyPath(double[] penalties, boolean standardized) {
    /** Accuracies do not change where probabilities are right to some 1e-4. */
    private static final double TOLERANCE = 1e-4;

    /**
     * How one penalty did.
     *
     * @param penalty C
     * @param accuracies the share of right answers, by fold
     * @param right whether the answer was right, by row
     * @param logLoss the mean cross-entropy over all rows
     */
    record Point(double penalty, double[] accuracies, boolean[] right, double logLoss) {

        /** The mean over the folds. */
        double accuracy() {
            return IntStream.range(0, accuracies.length)
                    .mapToDouble(i -> accuracies[i])
                    .average()
                    .orElseThrow();
        }
    }

    /** What one fold's classifiers said of its rows: by penalty and row of the fold. */
    private record Held(boolean[][] right, double[][] losses) {}

    /** @param folds the rows of each fold; every one of {@code samples} once */
    List<Point> validate(Samples samples, List<int[]> folds, ForkJoinPool pool) {
        List<Callable<Held>> work = IntStream.range(0, folds.size())
                .mapToObj(fold -> (Callable<Held>) () -> held(samples, folds, fold, pool))
                .toList();
        List<ForkJoinTask<Held>> running = work.stream().map(pool::submit).toList();
        List<Held> held = running.stream().map(ForkJoinTask::join).toList();
        List<Point> points = new ArrayList<>();
        for (int p = 0; p < penalties.length; p++) {
            points.add(point(samples, folds, held, p));
        }
        return points;
    }

    private Point point(Samples samples, List<int[]> folds, List<Held> held, int p) {
        double[] accuracies = new double[folds.size()];
        boolean[] right = new boolean[samples.labels().length];
        double loss = 0;
        for (int fold = 0; fold < folds.size(); fold++) {
            int[] rows = folds.get(fold);
            int hits = 0;
            for (int i = 0; i < rows.length; i++) {
                right[rows[i]] = held.get(fold).right()[p][i];
                hits += right[rows[i]] ? 1 : 0;
                loss += held.get(fold).losses()[p][i];
            }
            accuracies[fold] = (double) hits / rows.length;
        }
        return new Point(penalties[p], accuracies, right, loss / samples.count());
    }

    private Held held(Samples samples, List<int[]> folds, int fold, ForkJoinPool pool) {
        int[] rows = folds.get(fold);
        int[] others = IntStream.range(0, folds.size())
                .filter(other -> other != fold)
                .mapToObj(folds::get)
                .flatMapToInt(IntStream::of)
                .sorted()
                .toArray();
        Samples training = samples.choose(others);
        Standardization scale = standardized
                ? Standardization.of(samples.features(), others)
                : Standardization.centred(samples.features(), others);
        double[] start = LogisticRegression.zero(training);
        boolean[][] right = new boolean[penalties.length][rows.length];
        double[][] losses = new double[penalties.length][rows.length];
        for (int p = 0; p < penalties.length; p++) {
            LogisticRegression.Solution found =
                    new LogisticRegression(TOLERANCE).fit(training, scale, penalties[p], start, pool);
            start = found.parameters();
            for (int i = 0; i < rows.length; i++) {
                double[] probabilities = found.model().probabilities(samples.features()[rows[i]]);
                int label = samples.labels()[rows[i]];
                right[p][i] = highest(probabilities) == label;
                losses[p][i] = -Math.log(Math.max(probabilities[label], Double.MIN_NORMAL));
            }
        }
        return new Held(right, losses);
    }

    private static int highest(double[] values) {
        int highest = 0;
        for (int i = 1; i < values.length; i++) {
            highest = values[i] > values[highest] ? i : highest;
        }
        return highest;
    }
}
