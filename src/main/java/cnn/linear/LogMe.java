package cnn.linear;

/**
 * The logarithm of maximum evidence (LogME, You et al. 2021, arXiv:2102.11005): how well a Bayesian linear model explains
 * labels by features, per image, with the prior's and the noise's precision chosen for the largest evidence; the mean over the
 * classes, each told from the others. Higher is better; nothing is trained.
 *
 * <p>With F the features (n x d), S their squared singular values and x = U'y the formulas are sums over S; here each is
 * a trace, a solution or a determinant of F'F + t, or of FF' + t where there are no more images than features. Both are the
 * same in exact arithmetic. The evidence is that of all d weights also for n not above d: squared singular values that are 0
 * count, which the authors' own code leaves out.
 */
public final class LogMe {
    private static final int ROUNDS = 11;
    private static final double CONVERGED = 1e-3;
    private static final double SOFTENING = 1e-5;
    /** Of features that are all 0 no direction is determined. */
    private static final double LEAST = 1e-100;

    private final int images;
    private final boolean wide;
    private final Tridiagonal gram;
    /** By class: the labels, or the features' sums over its images, turned. */
    private final double[][] targets;

    private final long[] counts;

    private LogMe(double[][] features, int[] labels, int classes) {
        images = features.length;
        wide = images <= features[0].length;
        counts = new long[classes];
        targets = new double[classes][wide ? images : features[0].length];
        for (int i = 0; i < images; i++) {
            double[] target = targets[labels[i]];
            counts[labels[i]]++;
            if (wide) {
                target[i] = 1;
            } else {
                for (int j = 0; j < target.length; j++) {
                    target[j] += features[i][j];
                }
            }
        }
        gram = Tridiagonal.of(products(wide ? features : transposed(features)), targets);
    }

    /**
     * The score of features.
     *
     * @param features a row for each image, as they come from the network
     * @param labels class indices by row; a class without images does not count
     */
    public static double of(double[][] features, int[] labels, int classes) {
        LogMe fit = new LogMe(features, labels, classes);
        double sum = 0;
        int occurring = 0;
        for (int label = 0; label < classes; label++) {
            if (fit.counts[label] > 0) {
                sum += fit.evidence(fit.targets[label], fit.counts[label]);
                occurring++;
            }
        }
        return sum / occurring;
    }

    /**
     * The largest evidence of one class, per image: MacKay's fixed point.
     *
     * @param count of its images, which is the squared length of its labels
     */
    private double evidence(double[] target, long count) {
        double alpha = 1;
        double beta = 1;
        double weights = 0;
        double residual = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double t = alpha / beta;
            Tridiagonal.Shifted shifted = gram.plus(t);
            double[] solution = shifted.solve(target);
            double squared = Lbfgs.dot(solution, solution);
            double along = Lbfgs.dot(solution, target);
            double gamma = Math.max(LEAST, target.length - t * shifted.traceOfInverse());
            weights = wide ? along - t * squared : squared;
            residual = wide ? t * t * squared : count - along - t * squared;
            alpha = gamma / (Math.max(0, weights) + SOFTENING);
            beta = (images - gamma) / (Math.max(0, residual) + SOFTENING);
            if (Math.abs(alpha / beta - t) <= CONVERGED * t) {
                break;
            }
        }
        double logDeterminant =
                target.length * Math.log(beta) + gram.plus(alpha / beta).logDeterminant();
        double evidence = target.length * Math.log(alpha)
                + images * Math.log(beta)
                - logDeterminant
                - beta * residual
                - alpha * weights
                - images * Math.log(2 * Math.PI);
        return evidence / 2 / images;
    }

    /** The scalar products of all pairs of rows. */
    private static double[][] products(double[][] rows) {
        double[][] products = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = Lbfgs.dot(rows[i], rows[j]);
                products[j][i] = products[i][j];
            }
        }
        return products;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }
}
