package cnn.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Bytes of a file format, one field after the other. */
final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes text(String ascii) {
        return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bytes hex(String digits) {
        return raw(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Bytes raw(byte[] bytes, int from, int to) {
        out.write(bytes, from, to - from);
        return this;
    }

    Bytes zeros(int count) {
        return raw(new byte[count]);
    }

    Bytes one(int value) {
        out.write(value);
        return this;
    }

    /** Two bytes, the high one first. */
    Bytes be16(int value) {
        return one(value >> 8).one(value);
    }

    Bytes be32(long value) {
        return be16((int) (value >> 16)).be16((int) value);
    }

    /** Two bytes, the low one first. */
    Bytes le16(int value) {
        return one(value).one(value >> 8);
    }

    Bytes le32(long value) {
        return le16((int) value).le16((int) (value >> 16));
    }

    Bytes le64(long value) {
        return le32(value).le32(value >> 32);
    }

    int size() {
        return out.size();
    }

    byte[] done() {
        return out.toByteArray();
    }

    /** So many bytes of one value, deflated as zlib does; they never exist at once. */
    static byte[] deflated(long count, int value) {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) value);
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        long left = count;
        while (!deflater.finished()) {
            if (deflater.needsInput()) {
                int next = (int) Math.min(left, block.length);
                deflater.setInput(block, 0, next);
                left -= next;
                if (left == 0) {
                    deflater.finish();
                }
            }
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
