package cnn.linear;

import cnn.linear.LogisticRegression.Start;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
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
     * @param right how many answers of all folds were right
     * @param rows of all folds
     * @param logLoss the mean cross-entropy over these
     * @param hits the rows whose answers were right, by their place in the features
     * @param losses of the rows, by their place in the features
     */
    record Point(
            double penalty, double[] accuracies, long right, long rows, double logLoss, BitSet hits, double[] losses) {}

    /** What one fold's classifiers said of its rows: by penalty and row of the fold. */
    private record Held(boolean[][] right, double[][] losses) {}

    /**
     * @param folds the rows of each fold; whatever is in none is learnt from in all
     * @param fitted is run after each fit, on any thread
     */
    List<Point> validate(Samples samples, List<int[]> folds, Workers workers, Runnable fitted) {
        List<Held> held = workers.all(folds.stream()
                .map(rows -> (Callable<Held>) () -> held(samples, rows, workers, fitted))
                .toList());
        return IntStream.range(0, penalties.length)
                .mapToObj(p -> point(folds, held, p, new double[samples.labels().length]))
                .toList();
    }

    private Point point(List<int[]> folds, List<Held> held, int p, double[] losses) {
        double[] accuracies = new double[folds.size()];
        long right = 0;
        long all = 0;
        double loss = 0;
        BitSet allHits = new BitSet();
        for (int fold = 0; fold < folds.size(); fold++) {
            int[] rows = folds.get(fold);
            int hits = 0;
            for (int i = 0; i < rows.length; i++) {
                boolean hit = held.get(fold).right()[p][i];
                hits += hit ? 1 : 0;
                allHits.set(rows[i], hit);
                losses[rows[i]] = held.get(fold).losses()[p][i];
                loss += losses[rows[i]];
            }
            accuracies[fold] = (double) hits / rows.length;
            right += hits;
            all += rows.length;
        }
        return new Point(penalties[p], accuracies, right, all, loss / all, allHits, losses);
    }

    private Held held(Samples samples, int[] rows, Workers workers, Runnable fitted) {
        Samples training = samples.without(rows);
        Standardization scale = standardized
                ? Standardization.of(samples.features(), training.chosen())
                : Standardization.centred(samples.features(), training.chosen());
        Start start = Start.zero(training);
        boolean[][] right = new boolean[penalties.length][rows.length];
        double[][] losses = new double[penalties.length][rows.length];
        for (int p = 0; p < penalties.length; p++) {
            LogisticRegression.Solution found =
                    new LogisticRegression(TOLERANCE).fit(training, scale, penalties[p], start, workers);
            if (p + 1 < penalties.length) {
                start = Start.from(found, penalties[p], penalties[p + 1], training.units() * training.columns());
            }
            for (int i = 0; i < rows.length; i++) {
                double[] probabilities = found.model().probabilities(samples.features()[rows[i]]);
                int label = samples.labels()[rows[i]];
                right[p][i] = highest(probabilities) == label;
                losses[p][i] = -Math.log(Math.max(probabilities[label], Double.MIN_NORMAL));
            }
            fitted.run();
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
