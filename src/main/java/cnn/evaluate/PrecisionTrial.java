package cnn.evaluate;

import cnn.metrics.Interval;
import cnn.metrics.PairedDifference;
import cnn.metrics.Scores;
import java.util.Optional;

/**
 * What int8 makes of some images, against float32.
 *
 * @param images that both have judged
 * @param agreeing of which both have the same likeliest class
 * @param meanDifference of the images' largest differences of a class's probability
 * @param worstDifference the largest of them
 * @param accuracy of both, where it is known what the images show
 */
public record PrecisionTrial(
        int images, long agreeing, double meanDifference, double worstDifference, Optional<Accuracies> accuracy) {

    /**
     * Shares of images that were named rightly.
     *
     * @param difference of int8's from float32's
     */
    public record Accuracies(double fp32, double int8, PairedDifference difference) {}

    /**
     * Compares the probabilities of both.
     *
     * @param exact those of float32; {@code actual} is not read unless {@code known}
     * @param near those of int8
     * @param known whether {@code actual} is what the images show
     * @param seed of the interval
     */
    static PrecisionTrial of(Scores exact, Scores near, boolean known, long seed) {
        long agreeing = 0;
        double sum = 0;
        double worst = 0;
        for (int image = 0; image < exact.images(); image++) {
            agreeing += exact.predicted(image) == near.predicted(image) ? 1 : 0;
            double largest = 0;
            for (int c = 0; c < exact.classes(); c++) {
                largest = Math.max(largest, Math.abs(exact.probabilities()[image][c] - near.probabilities()[image][c]));
            }
            sum += largest;
            worst = Math.max(worst, largest);
        }
        Optional<Accuracies> accuracy = known
                ? Optional.of(new Accuracies(
                        exact.topAccuracy(1),
                        near.topAccuracy(1),
                        PairedDifference.of(exact.right(), near.right(), seed)))
                : Optional.empty();
        return new PrecisionTrial(exact.images(), agreeing, sum / exact.images(), worst, accuracy);
    }

    /** The share of images of which both have the same likeliest class. */
    public double agreement() {
        return (double) agreeing / images;
    }

    public Interval agreementInterval() {
        return Interval.ofShare(agreeing, images);
    }

    /** What int8 loses, in points of 100: of accuracy where that is known, else of agreement. */
    public double drop() {
        return 100 * accuracy.map(both -> -both.difference().difference()).orElseGet(() -> 1 - agreement());
    }
}
