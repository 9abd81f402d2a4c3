package cnn.keras;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bob Jenkins's lookup3 ({@code hashlittle}, initial value 0): the checksum of HDF5's metadata. */
final class JenkinsHash {
    private static final int BLOCK_BYTES = 12;
    private static final int START = 0xdeadbeef;

    private JenkinsHash() {}

    /** The hash of the first {@code length} bytes. */
    static int of(byte[] bytes, int length) {
        int a = START + length;
        int b = a;
        int c = a;
        // The last block, filled up with zeros, is mixed in another way; a full last block too.
        int blocks = Math.max(1, (length + BLOCK_BYTES - 1) / BLOCK_BYTES);
        ByteBuffer words = ByteBuffer.allocate(blocks * BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        words.put(bytes, 0, length).rewind();
        for (int block = 1; block < blocks; block++) {
            a += words.getInt();
            b += words.getInt();
            c += words.getInt();
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        if (length == 0) {
            return c;
        }
        a += words.getInt();
        b += words.getInt();
        c += words.getInt();
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
