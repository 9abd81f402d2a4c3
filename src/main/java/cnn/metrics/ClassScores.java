package cnn.metrics;

/**
 * Precision, recall and F1 of one class, or their mean over several. A figure whose denominator is 0 is 0, as with
 * scikit-learn's {@code zero_division=0}.
 *
 * @param support images that are of the class
 * @param predictions images that were taken for it
 */
public record ClassScores(double precision, double recall, double f1, long support, long predictions) {

    static ClassScores of(long hits, long support, long predictions) {
        return new ClassScores(
                ratio(hits, predictions),
                ratio(hits, support),
                ratio(2 * hits, support + predictions),
                support,
                predictions);
    }

    /** Whether the class occurs, as a truth or as a prediction: whether scikit-learn would list it. */
    public boolean occurs() {
        return support > 0 || predictions > 0;
    }

    static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
