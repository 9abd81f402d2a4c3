package cnn.confidence;

import cnn.metrics.Scores;
import java.util.Optional;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * What logits are divided by so that probabilities come nearer to how often they are right; which class is the likeliest does
 * not change (Guo et al. 2017, section 4.2). The logarithms of probabilities are their logits but for a constant, which softmax
 * does not see; the sigmoid of two classes is a softmax of two.
 */
public record Temperature(double value) {
    /** That which changes nothing. */
    public static final Temperature ONE = new Temperature(1);

    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 100;
    private static final double EXACT = 1e-12;
    private static final int EVALUATIONS = 200;

    /** Half of what lies between 1 and the next float below: of two classes' one output nothing less is known. */
    private static final float LEAST_OF_TWO = 0x1p-25f;

    public Temperature {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("a temperature of " + value);
        }
    }

    /**
     * The temperature of the lowest mean cross-entropy; at most 100, where a model is no better than chance. Empty where the
     * loss has no minimum, since every image's class is the likeliest.
     */
    public static Optional<Temperature> fit(Scores scores) {
        float[][] logits = new float[scores.images()][];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = logits(scores.probabilities()[i]);
        }
        if (slope(scores.actual(), logits, LOWEST) <= 0) {
            return Optional.empty();
        }
        if (slope(scores.actual(), logits, HIGHEST) >= 0) {
            return Optional.of(new Temperature(HIGHEST));
        }
        double found = new BrentSolver(EXACT, EXACT)
                .solve(
                        EVALUATIONS,
                        logarithm -> slope(scores.actual(), logits, Math.exp(logarithm)),
                        Math.log(LOWEST),
                        Math.log(HIGHEST));
        return Optional.of(new Temperature(Math.exp(found)));
    }

    /** The probabilities of all classes at this temperature; they may be given at any. */
    public float[] apply(float[] probabilities) {
        double[] shares = softmax(logits(probabilities), 1 / value);
        float[] scaled = new float[shares.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) shares[i];
        }
        return scaled;
    }

    /** The same for all images. */
    public Scores apply(Scores scores) {
        float[][] scaled = new float[scores.images()][];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = apply(scores.probabilities()[i]);
        }
        return new Scores(scores.actual(), scaled);
    }

    /** The derivative of the summed cross-entropy by the inverse of the temperature, with which it grows. */
    private static double slope(int[] actual, float[][] logits, double temperature) {
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            double[] shares = softmax(logits[i], 1 / temperature);
            double mean = 0;
            for (int j = 0; j < shares.length; j++) {
                mean += shares[j] * logits[i][j];
            }
            sum += mean - logits[i][actual[i]];
        }
        return sum;
    }

    private static float[] logits(float[] probabilities) {
        float least = probabilities.length == 2 ? LEAST_OF_TWO : Float.MIN_NORMAL;
        float[] logits = new float[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) Math.log(Math.max(probabilities[i], least));
        }
        return logits;
    }

    private static double[] softmax(float[] logits, double factor) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.exp((logits[i] - highest) * factor);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }
}
