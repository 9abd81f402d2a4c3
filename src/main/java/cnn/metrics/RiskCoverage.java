package cnn.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How accurate a model is on the images that are left when those it is least sure of are passed over (El-Yaniv and Wiener 2010;
 * Geifman and El-Yaniv 2017).
 *
 * @param points from the fewest images to all, one for each distinct probability of the likeliest class
 */
public record RiskCoverage(List<Point> points) {

    /**
     * The images whose likeliest class has at least some probability.
     *
     * @param threshold that probability, or one of fewer decimal places by which the same images are told; 0 for all images
     * @param images how many they are
     * @param coverage the share of all images that they are
     * @param accuracy the share of them that is right
     */
    public record Point(double threshold, int images, double coverage, double accuracy) {}

    public RiskCoverage {
        points = List.copyOf(points);
    }

    public static RiskCoverage of(Scores scores) {
        int all = scores.images();
        float[] confidence = new float[all];
        IntStream.range(0, all).forEach(i -> confidence[i] = scores.confidence(i));
        boolean[] right = scores.right();
        int[] surestFirst = IntStream.range(0, all)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> confidence[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        List<Point> points = new ArrayList<>();
        int hits = 0;
        for (int i = 0; i < all; i++) {
            hits += right[surestFirst[i]] ? 1 : 0;
            float next = i + 1 < all ? confidence[surestFirst[i + 1]] : Float.NEGATIVE_INFINITY;
            if (next < confidence[surestFirst[i]]) {
                points.add(new Point(
                        i + 1 < all ? between(next, confidence[surestFirst[i]]) : 0,
                        i + 1,
                        (i + 1.0) / all,
                        (double) hits / (i + 1)));
            }
        }
        return new RiskCoverage(points);
    }

    /** The most images among which at least such a share is right; empty where there are none. */
    public Optional<Point> atAccuracy(double least) {
        return points.stream().filter(point -> point.accuracy() >= least).max(Comparator.comparingInt(Point::images));
    }

    /** The decimal number of the fewest places that is above one and at most the other. */
    private static double between(float below, float most) {
        BigDecimal exact = new BigDecimal(most);
        BigDecimal lower = new BigDecimal(below);
        int places = 1;
        while (exact.setScale(places, RoundingMode.FLOOR).compareTo(lower) <= 0) {
            places++;
        }
        return exact.setScale(places, RoundingMode.FLOOR).doubleValue();
    }
}
