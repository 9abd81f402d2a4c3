package cnn.image;

/** JPEG's YCbCr, in the 16-bit fixed point of libjpeg (jdcolor.c, build_ycc_rgb_table), bit for bit. */
final class YCbCr {
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int CR_TO_RED = fixed(1.40200);
    private static final int CB_TO_GREEN = fixed(0.34414);
    private static final int CR_TO_GREEN = fixed(0.71414);
    private static final int CB_TO_BLUE = fixed(1.77200);

    private YCbCr() {}

    /** Turns interleaved Y, Cb, Cr into R, G, B, in place. */
    static void toRgb(byte[] samples) {
        convert(samples, 3, 0);
    }

    /** Turns interleaved Y, Cb, Cr, K into C, M, Y, K, in place: the complement of RGB, and the black as it is. */
    static void toCmyk(byte[] samples) {
        convert(samples, 4, 0xff);
    }

    private static void convert(byte[] samples, int stride, int complement) {
        for (int i = 0; i + 2 < samples.length; i += stride) {
            int y = samples[i] & 0xff;
            int cb = (samples[i + 1] & 0xff) - 128;
            int cr = (samples[i + 2] & 0xff) - 128;
            int red = y + ((CR_TO_RED * cr + HALF) >> BITS);
            int green = y + ((HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr) >> BITS);
            int blue = y + ((CB_TO_BLUE * cb + HALF) >> BITS);
            samples[i] = (byte) (clip(red) ^ complement);
            samples[i + 1] = (byte) (clip(green) ^ complement);
            samples[i + 2] = (byte) (clip(blue) ^ complement);
        }
    }

    private static int fixed(double x) {
        return (int) (x * (1 << BITS) + 0.5);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
