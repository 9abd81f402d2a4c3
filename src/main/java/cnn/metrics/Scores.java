package cnn.metrics;

/**
 * What a model said of some images, and what they show. Neither array is copied.
 *
 * @param actual the class of each image
 * @param probabilities one row for each image, one number for each class
 */
public record Scores(int[] actual, float[][] probabilities) {

    public Scores {
        if (actual.length != probabilities.length || actual.length == 0) {
            throw new IllegalArgumentException(actual.length + " images, " + probabilities.length + " rows");
        }
    }

    public int images() {
        return actual.length;
    }

    public int classes() {
        return probabilities[0].length;
    }

    /** The likeliest class of an image; of equally likely ones the first, as numpy's argmax. */
    public int predicted(int image) {
        float[] row = probabilities[image];
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            if (row[i] > row[best]) {
                best = i;
            }
        }
        return best;
    }

    /** See {@link #predicted(int)}. */
    public int[] predicted() {
        int[] predicted = new int[images()];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = predicted(i);
        }
        return predicted;
    }

    /** The probability of the likeliest class of an image. */
    public float confidence(int image) {
        return probabilities[image][predicted(image)];
    }

    /** For each image whether the likeliest class is the right one. */
    public boolean[] right() {
        boolean[] right = new boolean[images()];
        for (int i = 0; i < right.length; i++) {
            right[i] = predicted(i) == actual[i];
        }
        return right;
    }

    /**
     * The share of images whose class is among the {@code k} likeliest. Of equally likely classes the first ones count, so
     * that the top 1 is the accuracy; scikit-learn's {@code top_k_accuracy_score} lets the last ones count.
     */
    public double topAccuracy(int k) {
        int hits = 0;
        for (int i = 0; i < images(); i++) {
            hits += placesBefore(i) < k ? 1 : 0;
        }
        return (double) hits / images();
    }

    /** Mean cross-entropy, with probabilities kept 1e-7 away from 0 and 1 as Keras does ({@code backend.epsilon()}). */
    public double loss() {
        double sum = 0;
        for (int i = 0; i < images(); i++) {
            sum -= Math.log(Math.min(1 - 1e-7, Math.max(1e-7, probabilities[i][actual[i]])));
        }
        return sum / images();
    }

    private int placesBefore(int image) {
        float[] row = probabilities[image];
        int truth = actual[image];
        int before = 0;
        for (int i = 0; i < row.length; i++) {
            before += row[i] > row[truth] || (row[i] == row[truth] && i < truth) ? 1 : 0;
        }
        return before;
    }
}
