package cnn.image;

/**
 * A chunk of a RIFF file, which WebP is.
 *
 * @param file the whole file
 * @param data index of the first byte after its name and length
 * @param dataEnd index after its last byte, not beyond the limit
 * @param limit index after the last byte of what holds this chunk
 */
record RiffChunk(byte[] file, int data, int dataEnd, int limit) {
    /** The chunk that starts there, or null at the end. */
    static RiffChunk at(byte[] file, int start, int limit) {
        if (limit - start < 8) {
            return null;
        }
        long length = unsigned(file, start + 4, 4);
        return new RiffChunk(file, start + 8, (int) Math.min(start + 8 + length, limit), limit);
    }

    /** The chunk after this one, on the next even byte, or null. */
    RiffChunk next() {
        return at(file, dataEnd + ((dataEnd - data) & 1), limit);
    }

    boolean is(String name) {
        return ImageFormat.starts(file, data - 8, name);
    }

    /** A little-endian number in the data. */
    long unsigned(int at, int size) {
        return unsigned(file, data + at, size);
    }

    private static long unsigned(byte[] file, int at, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | (file[at + i] & 0xffL);
        }
        return value;
    }
}
