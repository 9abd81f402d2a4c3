package cnn.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TIFF files of one strip, made by hand. */
final class TestTiff {
    private TestTiff() {}

    /** A file of that compression (1 none, 4 Group 4, 8 deflate) over this strip; bilevel pages are white where 0. */
    static byte[] of(int width, int height, int bits, int compression, byte[] strip) {
        return of(width, height, compression, bits == 1 ? 0 : 1, new int[] {bits}, strip);
    }

    /** A file of deflated C M Y K. */
    static byte[] cmyk(int width, int height, byte[] strip) {
        return of(width, height, 8, 5, new int[] {8, 8, 8, 8}, strip);
    }

    private static byte[] of(int width, int height, int compression, int photometric, int[] bits, byte[] strip) {
        int[][] tags = {
            {256, width},
            {257, height},
            {258, bits[0]},
            {259, compression},
            {262, photometric},
            {273, 0},
            {277, bits.length},
            {278, height},
            {279, strip.length}
        };
        int stripAt = 8 + 2 + 12 * tags.length + 4;
        ByteBuffer out =
                ByteBuffer.allocate(stripAt + strip.length + 4 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {'I', 'I', '*', 0}).putInt(8).putShort((short) tags.length);
        for (int[] tag : tags) {
            boolean several = tag[0] == 258 && bits.length > 1;
            out.putShort((short) tag[0]).putShort((short) 4).putInt(several ? bits.length : 1);
            out.putInt(several ? stripAt + strip.length : tag[0] == 273 ? stripAt : tag[1]);
        }
        out.putInt(0).put(strip);
        for (int one : bits) {
            out.putInt(one);
        }
        return out.array();
    }
}
