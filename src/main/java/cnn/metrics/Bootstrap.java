package cnn.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile intervals (Efron 1979): a figure computed anew on images drawn with replacement, 1,000 times. Equal seeds
 * give equal intervals.
 */
public record Bootstrap(long seed) {
    private static final int DRAWS = 1_000;
    private static final double TAIL = 0.025;

    /** The interval of a figure of {@code images} images, given which of them were drawn, by index. */
    public Interval of(int images, ToDoubleFunction<int[]> figure) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] figures = new double[DRAWS];
        int[] drawn = new int[images];
        for (int i = 0; i < DRAWS; i++) {
            for (int j = 0; j < images; j++) {
                drawn[j] = random.nextInt(images);
            }
            figures[i] = figure.applyAsDouble(drawn);
        }
        Arrays.sort(figures);
        return new Interval(percentile(figures, TAIL), percentile(figures, 1 - TAIL));
    }

    /** Between two neighbours by linear interpolation, as numpy's {@code percentile}. */
    static double percentile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
