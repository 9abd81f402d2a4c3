package cnn.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TIFF files of one grey strip, made by hand. */
final class TestTiff {
    private TestTiff() {}

    /** A file of that compression (1 none, 4 Group 4, 8 deflate) over this strip; bilevel pages are white where 0. */
    static byte[] of(int width, int height, int bits, int compression, byte[] strip) {
        int[][] tags = {
            {256, width},
            {257, height},
            {258, bits},
            {259, compression},
            {262, bits == 1 ? 0 : 1},
            {273, 0},
            {277, 1},
            {278, height},
            {279, strip.length}
        };
        int stripAt = 8 + 2 + 12 * tags.length + 4;
        ByteBuffer out = ByteBuffer.allocate(stripAt + strip.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {'I', 'I', '*', 0}).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            out.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[0] == 273 ? stripAt : tag[1]);
        }
        return out.putInt(0).put(strip).array();
    }
}
