package cnn.linear;

/**
 * The cross-entropy of a linear classifier on a range of rows, and its gradient. Two classes share one unit.
 *
 * <p>Works on a few rows at a time, which stay in the core's cache between the product that gives their scores and the one
 * that gives the gradient. The order of all sums depends on the range alone.
 */
final class LogisticLoss {
    private static final int ROWS = 16;
    private static final int UNROLLED = 4;

    private final Samples samples;
    private final int units;
    private final int columns;
    private final double[][] rows = new double[ROWS][];
    private final double[][] scores;
    private final double[] residuals = new double[UNROLLED];

    LogisticLoss(Samples samples) {
        this.samples = samples;
        this.units = samples.units();
        this.columns = samples.columns();
        this.scores = new double[ROWS][units];
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
                loss += samples.weight(start + i) * residuals(scores[i], samples.label(start + i));
                for (int unit = 0; unit < units; unit++) {
                    scores[i][unit] *= samples.weight(start + i);
                    interceptGradient[unit] += scores[i][unit];
                }
            }
            for (int unit = 0; unit < units; unit++) {
                addRows(count, unit, gradient[unit]);
            }
        }
        return loss;
    }

    private void score(int count, double[][] weights, double[] intercepts) {
        for (int unit = 0; unit < units; unit++) {
            int i = 0;
            for (; i + UNROLLED <= count; i += UNROLLED) {
                dots(i, weights[unit]);
                for (int k = 0; k < UNROLLED; k++) {
                    scores[i + k][unit] = intercepts[unit] + residuals[k];
                }
            }
            for (; i < count; i++) {
                scores[i][unit] = intercepts[unit] + dot(rows[i], weights[unit]);
            }
        }
    }

    /** Four rows times one unit's weights; two sums for each row, so that additions need not wait for one another. */
    private void dots(int first, double[] weights) {
        double[] a = rows[first];
        double[] b = rows[first + 1];
        double[] c = rows[first + 2];
        double[] d = rows[first + 3];
        double a0 = 0;
        double a1 = 0;
        double b0 = 0;
        double b1 = 0;
        double c0 = 0;
        double c1 = 0;
        double d0 = 0;
        double d1 = 0;
        int j = 0;
        for (; j + 1 < columns; j += 2) {
            double even = weights[j];
            double odd = weights[j + 1];
            a0 = Math.fma(a[j], even, a0);
            a1 = Math.fma(a[j + 1], odd, a1);
            b0 = Math.fma(b[j], even, b0);
            b1 = Math.fma(b[j + 1], odd, b1);
            c0 = Math.fma(c[j], even, c0);
            c1 = Math.fma(c[j + 1], odd, c1);
            d0 = Math.fma(d[j], even, d0);
            d1 = Math.fma(d[j + 1], odd, d1);
        }
        if (j < columns) {
            a0 = Math.fma(a[j], weights[j], a0);
            b0 = Math.fma(b[j], weights[j], b0);
            c0 = Math.fma(c[j], weights[j], c0);
            d0 = Math.fma(d[j], weights[j], d0);
        }
        residuals[0] = a0 + a1;
        residuals[1] = b0 + b1;
        residuals[2] = c0 + c1;
        residuals[3] = d0 + d1;
    }

    /** In the same order as {@link #dots}, so that a sample's score does not depend on its place. */
    private double dot(double[] row, double[] weights) {
        double even = 0;
        double odd = 0;
        int j = 0;
        for (; j + 1 < columns; j += 2) {
            even = Math.fma(row[j], weights[j], even);
            odd = Math.fma(row[j + 1], weights[j + 1], odd);
        }
        if (j < columns) {
            even = Math.fma(row[j], weights[j], even);
        }
        return even + odd;
    }

    private void addRows(int count, int unit, double[] gradient) {
        int i = 0;
        for (; i + UNROLLED <= count; i += UNROLLED) {
            double[] a = rows[i];
            double[] b = rows[i + 1];
            double[] c = rows[i + 2];
            double[] d = rows[i + 3];
            double ra = scores[i][unit];
            double rb = scores[i + 1][unit];
            double rc = scores[i + 2][unit];
            double rd = scores[i + 3][unit];
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += ra * a[j] + rb * b[j] + (rc * c[j] + rd * d[j]);
            }
        }
        for (; i < count; i++) {
            double[] row = rows[i];
            double residual = scores[i][unit];
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += residual * row[j];
            }
        }
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
