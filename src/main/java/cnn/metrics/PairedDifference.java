package cnn.metrics;

/**
 * How much more accurate one model is than another on the same images.
 *
 * @param difference the second one's accuracy minus the first one's
 * @param interval of the difference, by drawing images with replacement
 * @param test whether there is a difference at all
 */
public record PairedDifference(double difference, Interval interval, McNemar test) {

    /**
     * Compares two models.
     *
     * @param first whether the first model was right, for each image
     * @param second whether the second one was
     * @param seed of the interval
     */
    public static PairedDifference of(boolean[] first, boolean[] second, long seed) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(first.length + " and " + second.length + " images");
        }
        int[] gains = new int[first.length];
        int sum = 0;
        for (int i = 0; i < gains.length; i++) {
            gains[i] = (second[i] ? 1 : 0) - (first[i] ? 1 : 0);
            sum += gains[i];
        }
        Interval interval = new Bootstrap(seed).of(gains.length, drawn -> {
            int total = 0;
            for (int image : drawn) {
                total += gains[image];
            }
            return (double) total / drawn.length;
        });
        return new PairedDifference((double) sum / gains.length, interval, McNemar.of(first, second));
    }
}
