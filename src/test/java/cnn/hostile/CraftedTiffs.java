package cnn.hostile;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** TIFF and WebP files that lie; and blank pages, which do not. */
final class CraftedTiffs {
    private final Map<String, Supplier<byte[]>> files = new LinkedHashMap<>();

    private CraftedTiffs() {}

    static Map<String, Supplier<byte[]>> all() {
        CraftedTiffs crafted = new CraftedTiffs();
        crafted.tiffs();
        crafted.webps();
        return crafted.files;
    }

    private void tiffs() {
        files.put(
                "blank-a4-group4.tif",
                () -> Pictures.blankTiff("CCITT T.6", BufferedImage.TYPE_BYTE_BINARY, 2480, 3508));
        files.put(
                "blank-a4-deflate.tif", () -> Pictures.blankTiff("Deflate", BufferedImage.TYPE_BYTE_GRAY, 2480, 3508));
        files.put("blank-a4-lzw.tif", () -> Pictures.blankTiff("LZW", BufferedImage.TYPE_BYTE_GRAY, 2480, 3508));
        files.put(
                "blank-13000-group4.tif",
                () -> Pictures.blankTiff("CCITT T.6", BufferedImage.TYPE_BYTE_BINARY, 13_000, 13_000));
        int[][] tags = {
            {256, 0},
            {256, 1_000_000_000},
            {257, -1},
            {258, 64},
            {258, 0},
            {259, 34_712},
            {259, 7},
            {259, 50_000},
            {262, 99},
            {277, 65_535},
            {277, 0},
            {278, 0},
            {273, -1},
            {279, -1},
            {279, 0},
            {274, 9},
            {322, 1},
            {284, 2},
            {317, 9},
            {339, 3}
        };
        for (int[] tag : tags) {
            files.put("tag-%d-%d.tif".formatted(tag[0], tag[1]), () -> tiff(tag[0], tag[1], 0));
        }
        files.put("directory-loop.tif", () -> tiff(256, 40, 8));
        files.put(
                "directory-far.tif",
                () -> new Bytes().text("II").le16(42).le32(0xfffffff0L).done());
        files.put("65535-tags.tif", () -> new Bytes()
                .text("II")
                .le16(42)
                .le32(8)
                .le16(65_535)
                .zeros(500)
                .done());
        files.put("big-tiff.tif", () -> new Bytes()
                .text("II")
                .le16(43)
                .le16(8)
                .le16(0)
                .le64(16)
                .le64(-1)
                .zeros(100)
                .done());
        files.put("13000x13000-of-1-pixel-tiles.tif", () -> tiled());
    }

    /** A grey picture of 40x30 with one tag changed or added. */
    private static byte[] tiff(int changed, int value, int nextDirectory) {
        Map<Integer, Integer> tags =
                new TreeMap<>(Map.of(256, 40, 257, 30, 258, 8, 259, 1, 262, 1, 273, 200, 277, 1, 278, 30, 279, 1200));
        tags.put(changed, value);
        return tiff(tags, nextDirectory);
    }

    private static byte[] tiled() {
        return tiff(
                new TreeMap<>(Map.of(
                        256, 13_000, 257, 13_000, 258, 8, 259, 1, 262, 1, 277, 1, 322, 1, 323, 1, 324, 200, 325, 1)),
                0);
    }

    private static byte[] tiff(Map<Integer, Integer> tags, int nextDirectory) {
        Bytes tiff = new Bytes().text("II").le16(42).le32(8).le16(tags.size());
        tags.forEach((tag, value) -> tiff.le16(tag).le16(4).le32(1).le32(value));
        tiff.le32(nextDirectory);
        return tiff.zeros(200 - tiff.size()).zeros(1200).done();
    }

    private void webps() {
        files.put("riff-lie.webp", () -> new Bytes()
                .text("RIFF")
                .le32(0xffffffffL)
                .text("WEBPVP8 ")
                .le32(0xfffffff0L)
                .zeros(40)
                .done());
        files.put(
                "empty-riff.webp",
                () -> new Bytes().text("RIFF").le32(4).text("WEBP").done());
        // 16,384 x 16,384, then nothing; and a canvas of that size around nothing.
        files.put(
                "lossless-16384.webp",
                () -> riff("VP8L", new Bytes().hex("2f ffffff0f").zeros(60).done()));
        files.put(
                "lossless-13000.webp",
                () -> riff(
                        "VP8L",
                        new Bytes()
                                .one(0x2f)
                                .le32(12_999L | 12_999L << 14)
                                .zeros(60)
                                .done()));
        files.put(
                "lossy-16383.webp",
                () -> riff(
                        "VP8 ",
                        new Bytes()
                                .hex("10 0000 9d012a")
                                .le16(16_383)
                                .le16(16_383)
                                .zeros(60)
                                .done()));
        files.put(
                "lossy-0.webp",
                () -> riff(
                        "VP8 ",
                        new Bytes()
                                .hex("10 0000 9d012a")
                                .le16(0)
                                .le16(0)
                                .zeros(60)
                                .done()));
        files.put(
                "canvas.webp",
                () -> riff("VP8X", new Bytes().le32(0).hex("ffffff ffffff").done()));
        files.put(
                "animation.webp",
                () -> riff(
                        "VP8X",
                        new Bytes()
                                .le32(2)
                                .hex("630000 630000")
                                .text("ANIM")
                                .le32(6)
                                .zeros(6)
                                .text("ANMF")
                                .le32(0xffffffffL)
                                .zeros(30)
                                .done()));
    }

    private static byte[] riff(String chunk, byte[] body) {
        return new Bytes()
                .text("RIFF")
                .le32(12 + body.length)
                .text("WEBP")
                .text(chunk)
                .le32(body.length)
                .raw(body)
                .done();
    }
}
