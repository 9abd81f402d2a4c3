package cnn.image;

/**
 * What the header of a PNG file declares (PNG specification, section 11.2.2).
 *
 * @param width in pixels; like {@code height}, from 0 to 4294967295
 * @param bits of a sample, or of an index into the palette
 * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
 */
record PngHeader(long width, long height, int bits, int colourType) {
    private static final int LENGTH = 13;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    /** The most that deflate makes of a byte; no format does better with a run of zeros. */
    private static final long MOST_BYTES_OF_A_BYTE = 1032;

    static PngHeader of(PngChunk chunk) throws ImageException {
        if (!chunk.is("IHDR") || chunk.length() != LENGTH || chunk.totalBytes() != LENGTH + 12) {
            throw ImageException.unreadable("damaged PNG image: it does not start with a header");
        }
        chunk.checkCrc();
        return new PngHeader(chunk.unsigned32(0), chunk.unsigned32(4), chunk.unsigned8(8), chunk.unsigned8(9));
    }

    boolean hasPalette() {
        return colourType == PALETTE;
    }

    /** Refuses an image whose compressed data cannot fill its lines, which is checked before any memory is taken. */
    void checkData(long dataBytes) throws ImageException {
        long lines = (width * bits * channels() + Byte.SIZE - 1) / Byte.SIZE * height;
        if (lines / MOST_BYTES_OF_A_BYTE > dataBytes) {
            throw ImageException.unreadable(
                    "truncated PNG image: %d bytes do not hold %dx%d pixels".formatted(dataBytes, width, height));
        }
    }

    /** Bytes that a pixel takes when it is decoded: its samples, and RGB where these are not RGB themselves. */
    int decodedBytes() {
        int samples = channels() * (bits > Byte.SIZE ? 2 : 1);
        return colourType == RGB && bits == Byte.SIZE ? samples : samples + 3;
    }

    private int channels() {
        return switch (colourType) {
            case RGB -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }
}
