package cnn.linear;

/**
 * A linear classifier of features as they are. Not copied.
 *
 * @param weights one row of as many weights as features for each class; for two classes one row only, whose unit's
 *     sigmoid is the second class's probability
 * @param intercepts one for each row of weights
 */
public record LinearModel(double[][] weights, double[] intercepts) {

    /** The probabilities of all classes for one row of features: softmax, or sigmoid for two classes. */
    public double[] probabilities(double[] features) {
        double[] scores = new double[intercepts.length];
        for (int unit = 0; unit < scores.length; unit++) {
            double score = intercepts[unit];
            for (int j = 0; j < features.length; j++) {
                score += weights[unit][j] * features[j];
            }
            scores[unit] = score;
        }
        return scores.length == 1 ? pair(scores[0]) : softmax(scores);
    }

    /** The same in single precision, as a network says it. */
    public float[] floats(double[] features) {
        double[] exact = probabilities(features);
        float[] floats = new float[exact.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) exact[i];
        }
        return floats;
    }

    private static double[] pair(double score) {
        return new double[] {1 / (1 + Math.exp(score)), 1 / (1 + Math.exp(-score))};
    }

    private static double[] softmax(double[] scores) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            highest = Math.max(highest, score);
        }
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - highest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return scores;
    }
}
