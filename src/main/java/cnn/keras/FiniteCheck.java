package cnn.keras;

import java.nio.FloatBuffer;

/** Looks for NaN and infinity, at the speed of memory. */
final class FiniteCheck {
    private static final int BLOCK = 1 << 15;
    private static final int EXPONENT = 0x7f800000;
    private static final int ONE_EXPONENT_STEP = 0x00800000;

    private FiniteCheck() {}

    static boolean allFinite(FloatBuffer values) {
        FloatBuffer rest = values.duplicate();
        float[] block = new float[Math.min(BLOCK, Math.max(1, rest.remaining()))];
        while (rest.hasRemaining()) {
            int count = Math.min(block.length, rest.remaining());
            rest.get(block, 0, count);
            if (!allFinite(block, count)) {
                return false;
            }
        }
        return true;
    }

    /** Only an exponent of all ones overflows into the sign bit when one is added to it. */
    private static boolean allFinite(float[] values, int count) {
        int seen = 0;
        for (int i = 0; i < count; i++) {
            seen |= (Float.floatToRawIntBits(values[i]) & EXPONENT) + ONE_EXPONENT_STEP;
        }
        return seen >= 0;
    }
}
