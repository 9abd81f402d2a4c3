package cnn.metrics;

/** Where a figure lies with 95 % confidence. */
public record Interval(double low, double high) {
    private static final double Z = 1.959963984540054;

    /** The interval of the share that {@code right} of {@code all} images are: the score interval (Wilson 1927). */
    public static Interval ofShare(long right, long all) {
        double share = (double) right / all;
        double square = Z * Z / all;
        double centre = (share + square / 2) / (1 + square);
        double half = Z * Math.sqrt(share * (1 - share) / all + square / (4 * all)) / (1 + square);
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
