package cnn.image;

import java.util.Arrays;

/**
 * What the frame header of a JPEG file declares (ITU-T T.81, B.2.2).
 *
 * @param marker SOF0 (c0) and SOF1 sequential, SOF2 progressive
 * @param horizontal of each component, its samples across for the {@code maxHorizontal} of the image
 * @param vertical likewise, down
 */
record JpegFrame(int marker, int width, int height, int[] horizontal, int[] vertical) {
    private static final int PROGRESSIVE = 0xc2;
    private static final int BLOCK = 8;
    private static final int BLOCK_BYTES = 2 * BLOCK * BLOCK;

    /** Reads a frame header, and refuses kinds of JPEG that are not decoded. */
    static JpegFrame of(JpegSegment segment) throws ImageException {
        byte[] file = segment.file();
        int at = segment.body();
        if (segment.length() < 6 || segment.length() < 6 + 3 * (file[at + 5] & 0xff)) {
            throw ImageException.unreadable("damaged JPEG image: the frame header is too short");
        }
        int bits = file[at] & 0xff;
        int components = file[at + 5] & 0xff;
        if (segment.marker() > PROGRESSIVE) {
            throw ImageException.unsupported(
                    segment.marker() == 0xc9 || segment.marker() == 0xca
                            ? "JPEG image with arithmetic coding"
                            : "JPEG image that is lossless or hierarchical");
        }
        if (bits != 8) {
            throw ImageException.unsupported("JPEG image with " + bits + " bits a sample");
        }
        if (components != 1 && components != 3 && components != 4) {
            throw ImageException.unsupported("JPEG image with " + components + " components");
        }
        int[] horizontal = new int[components];
        int[] vertical = new int[components];
        for (int i = 0; i < components; i++) {
            int factors = file[at + 7 + 3 * i] & 0xff;
            horizontal[i] = Math.max(1, factors >> 4);
            vertical[i] = Math.max(1, factors & 0xf);
        }
        return new JpegFrame(
                segment.marker(),
                JpegHeader.unsigned16(file, at + 3),
                JpegHeader.unsigned16(file, at + 1),
                horizontal,
                vertical);
    }

    int components() {
        return horizontal.length;
    }

    boolean isProgressive() {
        return marker == PROGRESSIVE;
    }

    /** Whether any component has every column, but only every other row. */
    boolean hasHalfTheRows() {
        boolean any = false;
        for (int component = 0; component < components(); component++) {
            any |= hasHalfTheRows(component);
        }
        return any;
    }

    /** Whether a component has every column, but only every other row. */
    boolean hasHalfTheRows(int component) {
        return horizontal[component] == maxHorizontal() && 2 * vertical[component] == maxVertical();
    }

    /** Whether it is 4:4:4, 4:2:2 or 4:2:0, and written as usual: each colour has the factor 1. */
    boolean isUsual() {
        return Arrays.stream(horizontal).skip(1).allMatch(factor -> factor == 1)
                && Arrays.stream(vertical).skip(1).allMatch(factor -> factor == 1)
                && horizontal[0] <= 2
                && vertical[0] <= horizontal[0];
    }

    int maxHorizontal() {
        return max(horizontal);
    }

    int maxVertical() {
        return max(vertical);
    }

    /** Blocks of 8x8 samples that the component with the most of them has. */
    long mostBlocks() {
        long most = 0;
        for (int component = 0; component < components(); component++) {
            most = Math.max(most, blocks(component));
        }
        return most;
    }

    /** Bytes that the coefficients of the whole picture take, which are kept if it comes in several scans. */
    long coefficientBytes() {
        long blocks = 0;
        for (int component = 0; component < components(); component++) {
            blocks += blocks(component);
        }
        return blocks * BLOCK_BYTES;
    }

    private long blocks(int component) {
        long across = ceilDivide((long) width * horizontal[component], BLOCK * maxHorizontal());
        long down = ceilDivide((long) height * vertical[component], BLOCK * maxVertical());
        return across * down;
    }

    private static long ceilDivide(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private static int max(int[] factors) {
        int max = factors[0];
        for (int factor : factors) {
            max = Math.max(max, factor);
        }
        return max;
    }
}
