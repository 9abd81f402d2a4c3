package cnn.image;

/** Palettes of 256 colours; those that a file leaves out are greys, as Pillow's palettes start out as a grey ramp. */
final class GreyRamp {
    private static final int COLOURS = 256;

    private GreyRamp() {}

    /** R G B of 256 colours, the first of them from the file. */
    static byte[] completed(byte[] file, int from, int bytes) {
        byte[] palette = new byte[3 * COLOURS];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (byte) (i / 3);
        }
        System.arraycopy(file, from, palette, 0, bytes);
        return palette;
    }
}
