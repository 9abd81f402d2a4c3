package cnn.image;

import java.util.zip.CRC32;

/**
 * A chunk of a PNG file (PNG specification, section 5.3).
 *
 * @param file the whole file
 * @param start index of its first byte, where its length stands
 * @param length bytes of data it declares
 * @param totalBytes bytes of it that the file has: length, type, data, checksum
 */
record PngChunk(byte[] file, int start, long length, int totalBytes) {
    /** The chunk that starts there, or null at the end of the file; its data may be cut off. */
    static PngChunk at(byte[] file, int start) {
        if (file.length - start < 8) {
            return null;
        }
        long length = unsigned32(file, start);
        return new PngChunk(file, start, length, (int) Math.min(length + 12, file.length - start));
    }

    PngChunk next() {
        return at(file, start + totalBytes);
    }

    boolean is(String type) {
        return ImageFormat.starts(file, start + 4, type);
    }

    void checkCrc() throws ImageException {
        if (totalBytes < length + 12) {
            throw ImageException.unreadable("truncated PNG image: the file ends within its header");
        }
        CRC32 crc = new CRC32();
        crc.update(file, start + 4, totalBytes - 8);
        if (crc.getValue() != unsigned32(file, start + totalBytes - 4)) {
            throw ImageException.unreadable("damaged PNG image: a checksum in the header does not match");
        }
    }

    int unsigned8(int at) {
        return file[start + 8 + at] & 0xff;
    }

    long unsigned32(int at) {
        return unsigned32(file, start + 8 + at);
    }

    private static long unsigned32(byte[] file, int at) {
        return (file[at] & 0xffL) << 24
                | (file[at + 1] & 0xffL) << 16
                | (file[at + 2] & 0xffL) << 8
                | (file[at + 3] & 0xffL);
    }
}
