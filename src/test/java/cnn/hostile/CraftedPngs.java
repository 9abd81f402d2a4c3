package cnn.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/** PNG files that lie, burst or never end. */
final class CraftedPngs {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;

    private CraftedPngs() {}

    static Map<String, Supplier<byte[]>> all() {
        Map<String, Supplier<byte[]>> files = new LinkedHashMap<>();
        files.put("1x3300000.png", () -> blank(1, 3_300_000, 8, GREY));
        files.put("3300000x1.png", () -> blank(3_300_000, 1, 8, GREY));
        files.put("1x22400000.png", () -> blank(1, 22_400_000, 1, GREY));
        files.put("22400000x1.png", () -> blank(22_400_000, 1, 1, GREY));
        files.put("bomb-6000x6000.png", () -> blank(6000, 6000, 8, RGB));
        files.put("bomb-13000x13000-1bit.png", () -> blank(13_000, 13_000, 1, GREY));
        files.put("bomb-11500x11500-16bit.png", () -> blank(11_500, 11_500, 16, RGB));
        for (long[] size : new long[][] {
            {0, 0}, {0, 10}, {10, 0}, {0xffffffffL, 1}, {0x7fffffff, 0x7fffffff}, {100_000, 100_000}, {65_536, 65_536}
        }) {
            files.put("declares-%dx%d.png".formatted(size[0], size[1]), () -> declaring(size[0], size[1]));
        }
        files.put("illegal-depth.png", () -> blank(20, 20, 3, GREY));
        files.put("illegal-colour.png", () -> blank(20, 20, 8, 5));
        files.put("no-palette.png", () -> blank(20, 20, 8, PALETTE));
        files.put("interlaced-lie.png", () -> png(header(5000, 5000, 8, RGB, 1), idat(1000)));
        files.put("unknown-interlace.png", () -> png(header(20, 20, 8, RGB, 9), idat(1220)));
        files.put("short-data.png", () -> png(header(2000, 2000, 8, RGB, 0), idat(100)));
        files.put("much-too-much-data.png", () -> png(header(10, 10, 8, RGB, 0), idat(900_000_000)));
        files.put("no-data.png", () -> png(header(20, 20, 8, RGB, 0)));
        files.put("empty-data.png", () -> png(header(20, 20, 8, RGB, 0), chunk("IDAT", new byte[0])));
        files.put("text-bomb.png", () -> png(header(20, 20, 8, GREY, 0), textBomb("zTXt"), idat(420)));
        files.put("profile-bomb.png", () -> png(header(20, 20, 8, GREY, 0), textBomb("iCCP"), idat(420)));
        files.put(
                "many-chunks.png",
                () -> png(header(20, 20, 8, GREY, 0), repeated(chunk("tEXt", new byte[2]), 60_000), idat(420)));
        files.put(
                "many-headers.png",
                () -> png(repeated(header(20, 20, 8, GREY, 0), 50), header(9999, 9999, 8, RGB, 0), idat(420)));
        files.put("many-profiles.png", () -> png(header(20, 20, 8, GREY, 0), repeated(textBomb("iCCP"), 5), idat(420)));
        files.put(
                "long-chunk.png",
                () -> png(
                        header(20, 20, 8, GREY, 0),
                        new Bytes().be32(0x7fffffff).text("tEXt").zeros(50).done()));
        files.put(
                "negative-chunk.png",
                () -> png(
                        header(20, 20, 8, GREY, 0),
                        new Bytes().be32(0xffffffffL).text("tEXt").zeros(50).done()));
        files.put("zero-gamma.png", () -> png(header(20, 20, 8, GREY, 0), chunk("gAMA", new byte[4]), idat(420)));
        files.put(
                "long-palette.png",
                () -> png(header(20, 20, 8, PALETTE, 0), chunk("PLTE", new byte[3 * 300]), idat(420)));
        files.put("odd-palette.png", () -> png(header(20, 20, 8, PALETTE, 0), chunk("PLTE", new byte[4]), idat(420)));
        files.put(
                "long-transparency.png",
                () -> png(header(20, 20, 8, GREY, 0), chunk("tRNS", new byte[700]), idat(420)));
        files.put("wrong-checksum.png", () -> flipLast(png(header(20, 20, 8, GREY, 0), idat(420))));
        files.put(
                "odd-orientation.png",
                () -> png(header(20, 20, 8, GREY, 0), chunk("eXIf", CraftedJpegs.exif(77)), idat(420)));
        return files;
    }

    /** A black picture, all of it there. */
    private static byte[] blank(long width, long height, int bits, int colour) {
        int samples = colour == RGB ? 3 : colour == 6 ? 4 : 1;
        return png(header(width, height, bits, colour, 0), idat(height * (1 + (width * bits * samples + 7) / 8)));
    }

    private static byte[] declaring(long width, long height) {
        return png(header(width, height, 8, RGB, 0), idat(5000));
    }

    private static byte[] png(byte[]... chunks) {
        Bytes png = new Bytes().hex("89504e470d0a1a0a");
        for (byte[] chunk : chunks) {
            png.raw(chunk);
        }
        return png.raw(chunk("IEND", new byte[0])).done();
    }

    private static byte[] header(long width, long height, int bits, int colour, int interlace) {
        return chunk(
                "IHDR",
                new Bytes()
                        .be32(width)
                        .be32(height)
                        .one(bits)
                        .one(colour)
                        .be16(0)
                        .one(interlace)
                        .done());
    }

    private static byte[] idat(long bytes) {
        return chunk("IDAT", Bytes.deflated(bytes, 0));
    }

    /** 300 MB of blanks in a chunk that people do not see. */
    private static byte[] textBomb(String type) {
        return chunk(
                type,
                new Bytes()
                        .text("a")
                        .be16(0)
                        .raw(Bytes.deflated(300_000_000, ' '))
                        .done());
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] checked = new Bytes().text(type).raw(data).done();
        CRC32 crc = new CRC32();
        crc.update(checked);
        return new Bytes().be32(data.length).raw(checked).be32(crc.getValue()).done();
    }

    private static byte[] repeated(byte[] chunk, int times) {
        Bytes all = new Bytes();
        for (int i = 0; i < times; i++) {
            all.raw(chunk);
        }
        return all.done();
    }

    private static byte[] flipLast(byte[] png) {
        png[png.length - 14] ^= 1;
        return png;
    }
}
