package cnn.program;

import java.nio.FloatBuffer;

/**
 * Factors for dropout (Srivastava et al. 2014), inverted as in Keras: 0 with the probability of the rate, else 1 / (1 -
 * rate). They depend on seed, layer and step only, so that a resumed run draws the same.
 */
public final class DropoutMask {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private DropoutMask() {}

    public static void fill(FloatBuffer factors, double rate, long seed, String layer, long step) {
        long state = mix(seed + mix(layer.hashCode() + mix(step)));
        long threshold = (long) (rate * (1L << 32));
        float kept = (float) (1 / (1 - rate));
        float[] drawn = new float[factors.remaining()];
        for (int i = 0; i < drawn.length; i += 2) {
            long bits = mix(state += GOLDEN);
            drawn[i] = bits >>> 32 < threshold ? 0 : kept;
            if (i + 1 < drawn.length) {
                drawn[i + 1] = (bits & 0xFFFFFFFFL) < threshold ? 0 : kept;
            }
        }
        factors.put(drawn);
    }

    /** Stafford's variant 13 of the 64-bit finalizer, as in {@link java.util.SplittableRandom}. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
