package cnn.image;

/** CMYK to RGB without a colour profile, in the integer arithmetic of Pillow (Convert.c, cmyk2rgb). */
final class Cmyk {
    private Cmyk() {}

    /**
     * RGB of interleaved C M Y K.
     *
     * @param noInk what stands for no ink: 0 (Pillow, TIFF), or 255 (JPEG files, which all follow Adobe)
     */
    static byte[] toRgb(byte[] cmyk, int noInk) {
        byte[] rgb = new byte[cmyk.length / 4 * 3];
        toRgb(cmyk, noInk, rgb, 0);
        return rgb;
    }

    /** As {@link #toRgb(byte[], int)}, into an array that begins earlier. */
    static void toRgb(byte[] cmyk, int noInk, byte[] rgb, int at) {
        int to = at;
        for (int i = 0; i + 3 < cmyk.length; i += 4) {
            int light = 255 - ((cmyk[i + 3] & 0xff) ^ noInk);
            for (int c = 0; c < 3; c++) {
                int ink = (cmyk[i + c] & 0xff) ^ noInk;
                // Never below 0, for the product over 255 is at most the light.
                rgb[to++] = (byte) (light - timesOver255(ink, light));
            }
        }
    }

    /** a * b / 255, rounded, without dividing. */
    private static int timesOver255(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }
}
