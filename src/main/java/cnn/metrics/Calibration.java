package cnn.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a model is right as often as it says: images in bins of equal width by the probability of the likeliest class.
 *
 * @param error expected calibration error: the mean distance of accuracy from confidence over the bins, weighted by their
 *     images (Guo et al. 2017, equation 3)
 */
public record Calibration(List<Bin> bins, double error) {
    /** As many as in the paper. */
    public static final int BINS = 15;

    /**
     * Images with a confidence above {@code from} and up to {@code to}.
     *
     * @param confidence their mean; 0 if there are none
     * @param accuracy share of them that are right; 0 if there are none
     */
    public record Bin(double from, double to, int images, double confidence, double accuracy) {}

    public Calibration {
        bins = List.copyOf(bins);
    }

    public static Calibration of(Scores scores) {
        int[] images = new int[BINS];
        int[] hits = new int[BINS];
        double[] confidence = new double[BINS];
        for (int i = 0; i < scores.images(); i++) {
            double sure = Math.min(1, Math.max(0, scores.confidence(i)));
            int bin = Math.max(0, (int) Math.ceil(sure * BINS) - 1);
            images[bin]++;
            hits[bin] += scores.predicted(i) == scores.actual()[i] ? 1 : 0;
            confidence[bin] += sure;
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int b = 0; b < BINS; b++) {
            Bin bin = new Bin(
                    (double) b / BINS,
                    (b + 1.0) / BINS,
                    images[b],
                    ClassScores.ratio(confidence[b], images[b]),
                    ClassScores.ratio(hits[b], images[b]));
            bins.add(bin);
            error += Math.abs(bin.accuracy - bin.confidence) * bin.images / scores.images();
        }
        return new Calibration(bins, error);
    }
}
