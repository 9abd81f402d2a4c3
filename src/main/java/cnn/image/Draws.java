package cnn.image;

/**
 * Random numbers that depend on a seed, an epoch and an image and on nothing else: SplitMix64 (Steele, Lea and Flood
 * 2014, "Fast splittable pseudorandom number generators", figure 16), whose numbers no release of Java changes.
 */
final class Draws {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Draws(long state) {
        this.state = state;
    }

    static Draws of(long seed, int epoch, long imageKey) {
        long state = seed;
        state = mix(state + GOLDEN_GAMMA) + epoch;
        state = mix(state + GOLDEN_GAMMA) + imageKey;
        return new Draws(mix(state + GOLDEN_GAMMA));
    }

    boolean coin() {
        return next() < 0;
    }

    /** Uniform, {@code low} inclusive. */
    double between(double low, double high) {
        double share = (next() >>> 11) * 0x1p-53;
        return low + (high - low) * share;
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
