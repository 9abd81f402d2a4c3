package cnn.golden;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** The numbers that ../shared/golden/make_keras_h5.py fills weights and images with, from nothing but their names. */
final class Hash {
    private static final int CHUNK = 1 << 16;

    private Hash() {}

    /**
     * The first {@code count} values of {@code layer}'s {@code weight}: (slope * u + offset) * factor, with u uniform in
     * [0, 1) in steps of 2^-24; computed in float64, rounded once to float32.
     */
    static float[] fill(String layer, String weight, int count, double slope, double offset, double factor) {
        long key = fnv1a64(layer + "/" + weight);
        float[] values = new float[count];
        IntStream.range(0, (count + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int end = (int) Math.min(count, (chunk + 1L) * CHUNK);
            for (int k = chunk * CHUNK; k < end; k++) {
                double u = (splitmix64(key + k) >>> 40) * 0x1p-24;
                values[k] = (float) ((slope * u + offset) * factor);
            }
        });
        return values;
    }

    /** Fowler, Noll and Vo's hash, variant 1a, of the text in UTF-8. */
    static long fnv1a64(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The output function of SplitMix64 (Steele, Lea and Flood 2014) after one step from {@code x}. */
    static long splitmix64(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
