package cnn.image;

/** Turns pixels as an EXIF orientation asks for (EXIF 2.3, tag 0x0112; the cases of Pillow's {@code exif_transpose}). */
final class Orientation {
    private Orientation() {}

    /**
     * The pixels as they should be seen.
     *
     * @param exif 1 to 8; anything else means upright, as 1 does
     */
    static Pixels upright(Pixels stored, int exif) {
        if (exif < 2 || exif > 8) {
            return stored;
        }
        int w = stored.width();
        int h = stored.height();
        boolean transposed = exif >= 5;
        boolean fromRight = exif == 2 || exif == 3 || exif == 7 || exif == 8;
        boolean fromBottom = exif == 3 || exif == 4 || exif == 6 || exif == 7;
        int width = transposed ? h : w;
        int height = transposed ? w : h;
        byte[] from = stored.rgb();
        byte[] rgb = new byte[from.length];
        int to = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = transposed ? y : x;
                int row = transposed ? x : y;
                int at = 3 * ((fromBottom ? h - 1 - row : row) * w + (fromRight ? w - 1 - column : column));
                rgb[to++] = from[at];
                rgb[to++] = from[at + 1];
                rgb[to++] = from[at + 2];
            }
        }
        return new Pixels(width, height, rgb);
    }
}
