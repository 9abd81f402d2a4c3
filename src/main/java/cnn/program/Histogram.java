package cnn.program;

/** Counts of magnitudes, in bins that are the same whatever comes: 128 for each power of two. */
final class Histogram {
    private static final int MANTISSA_BITS = 7;
    private static final int SHIFT = 23 - MANTISSA_BITS;
    /** What is below 2^-20 counts as zero, what is above 2^20 as that. */
    private static final int LOWEST = (127 - 20) << MANTISSA_BITS;

    static final int BINS = 40 << MANTISSA_BITS;

    private final long[] counts = new long[BINS];

    void add(float number) {
        int magnitude = Float.floatToRawIntBits(number) & Integer.MAX_VALUE;
        int bin = (magnitude >> SHIFT) - LOWEST;
        counts[Math.max(0, Math.min(bin, BINS - 1))]++;
    }

    long count(int bin) {
        return counts[bin];
    }

    /** Where a bin begins. */
    static double edge(int bin) {
        return bin == 0 ? 0 : Float.intBitsToFloat((bin + LOWEST) << SHIFT);
    }

    /** The middle of a bin; the first holds zeros. */
    static double middle(int bin) {
        return bin == 0 ? 0 : (edge(bin) + edge(bin + 1)) / 2;
    }
}
