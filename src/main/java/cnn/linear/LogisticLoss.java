package cnn.linear;

import java.util.Arrays;

/**
 * The cross-entropy of a linear classifier on a range of rows, and its gradient. Two classes share one unit.
 *
 * <p>Both products have long inner loops over numbers that lie one behind the other, which Java's compiler makes vector
 * instructions of: that of the scores over rows, for which a few columns at a time are turned; that of the gradient over
 * columns. The order of all sums depends on the range alone.
 */
final class LogisticLoss {
    private static final int ROWS = 256;
    private static final int TURNED = 16;
    private static final int FUSED = 4;
    /** Keeps the columns from falling on the same lines of the cache. */
    private static final int APART = 8;

    private final Samples samples;
    private final int units;
    private final int columns;
    private final double[][] rows = new double[ROWS][];
    private final double[][] turned = new double[TURNED][ROWS + APART];
    private final double[][] scores;
    private final double[] sample;

    LogisticLoss(Samples samples) {
        this.samples = samples;
        this.units = samples.units();
        this.columns = samples.columns();
        this.scores = new double[units][ROWS];
        this.sample = new double[units];
    }

    /**
     * @param weights one row for each unit
     * @param gradient by weight, added to
     * @param interceptGradient by unit, added to
     * @return the loss, summed over samples {@code from} to {@code to} - 1, each times its weight
     */
    double add(
            int from,
            int to,
            double[][] weights,
            double[] intercepts,
            double[][] gradient,
            double[] interceptGradient) {
        double loss = 0;
        for (int start = from; start < to; start += ROWS) {
            int count = Math.min(ROWS, to - start);
            for (int i = 0; i < count; i++) {
                rows[i] = samples.row(start + i);
            }
            score(count, weights, intercepts);
            for (int i = 0; i < count; i++) {
                loss += lossAndResiduals(start + i, i, interceptGradient);
            }
            addRows(count, gradient);
        }
        return loss;
    }

    private void score(int count, double[][] weights, double[] intercepts) {
        for (int unit = 0; unit < units; unit++) {
            Arrays.fill(scores[unit], 0, count, intercepts[unit]);
        }
        for (int first = 0; first < columns; first += TURNED) {
            int width = Math.min(TURNED, columns - first);
            turn(count, first, width);
            for (int unit = 0; unit < units; unit++) {
                addColumns(count, first, width, weights[unit], scores[unit]);
            }
        }
    }

    private void turn(int count, int first, int width) {
        for (int i = 0; i < count; i++) {
            double[] row = rows[i];
            for (int k = 0; k < width; k++) {
                turned[k][i] = row[first + k];
            }
        }
    }

    private void addColumns(int count, int first, int width, double[] weights, double[] sums) {
        int k = 0;
        for (; k + FUSED <= width; k += FUSED) {
            addFour(
                    count,
                    sums,
                    turned[k],
                    weights[first + k],
                    turned[k + 1],
                    weights[first + k + 1],
                    turned[k + 2],
                    weights[first + k + 2],
                    turned[k + 3],
                    weights[first + k + 3]);
        }
        for (; k < width; k++) {
            addOne(count, sums, turned[k], weights[first + k]);
        }
    }

    private void addRows(int count, double[][] gradient) {
        int i = 0;
        for (; i + FUSED <= count; i += FUSED) {
            for (int unit = 0; unit < units; unit++) {
                double[] residuals = scores[unit];
                addFour(
                        columns,
                        gradient[unit],
                        rows[i],
                        residuals[i],
                        rows[i + 1],
                        residuals[i + 1],
                        rows[i + 2],
                        residuals[i + 2],
                        rows[i + 3],
                        residuals[i + 3]);
            }
        }
        for (; i < count; i++) {
            for (int unit = 0; unit < units; unit++) {
                addOne(columns, gradient[unit], rows[i], scores[unit][i]);
            }
        }
    }

    private static void addFour(
            int length,
            double[] sums,
            double[] a,
            double ofA,
            double[] b,
            double ofB,
            double[] c,
            double ofC,
            double[] d,
            double ofD) {
        for (int i = 0; i < length; i++) {
            sums[i] = Math.fma(ofD, d[i], Math.fma(ofC, c[i], Math.fma(ofB, b[i], Math.fma(ofA, a[i], sums[i]))));
        }
    }

    private static void addOne(int length, double[] sums, double[] a, double ofA) {
        for (int i = 0; i < length; i++) {
            sums[i] = Math.fma(ofA, a[i], sums[i]);
        }
    }

    /** Turns a sample's scores into what the gradient is made of; gives its loss. */
    private double lossAndResiduals(int index, int i, double[] interceptGradient) {
        for (int unit = 0; unit < units; unit++) {
            sample[unit] = scores[unit][i];
        }
        double weight = samples.weight(index);
        double loss = weight * residuals(sample, samples.label(index));
        for (int unit = 0; unit < units; unit++) {
            scores[unit][i] = weight * sample[unit];
            interceptGradient[unit] += scores[unit][i];
        }
        return loss;
    }

    /** Turns scores into probabilities less what they should be; gives the loss. */
    private static double residuals(double[] scores, int label) {
        if (scores.length == 1) {
            double score = scores[0];
            double loss = Math.log1p(Math.exp(-Math.abs(score))) + Math.max(label == 1 ? -score : score, 0);
            scores[0] = 1 / (1 + Math.exp(-score)) - label;
            return loss;
        }
        double highest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            highest = Math.max(highest, score);
        }
        double right = scores[label] - highest;
        double sum = 0;
        for (int unit = 0; unit < scores.length; unit++) {
            scores[unit] = Math.exp(scores[unit] - highest);
            sum += scores[unit];
        }
        for (int unit = 0; unit < scores.length; unit++) {
            scores[unit] /= sum;
        }
        scores[label] -= 1;
        return Math.log(sum) - right;
    }
}
