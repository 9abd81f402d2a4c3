package cnn.hostile;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** GIF and BMP files that lie, and files of other kinds that are called pictures. */
final class CraftedPictures {
    private final Map<String, Supplier<byte[]>> files = new LinkedHashMap<>();

    private CraftedPictures() {}

    static Map<String, Supplier<byte[]>> all() {
        CraftedPictures crafted = new CraftedPictures();
        crafted.gifs();
        crafted.bitmaps();
        crafted.others();
        return crafted.files;
    }

    private void gifs() {
        files.put("14000x14000-of-41-bytes.gif", () -> gif(14_000, 14_000, 14_000, 14_000, 2, "024c 0100"));
        files.put("65535x65535.gif", () -> gif(65_535, 65_535, 65_535, 65_535, 2, "024c 0100"));
        files.put("small-screen-large-frame.gif", () -> gif(1, 1, 13_000, 13_000, 2, "024c 0100"));
        files.put("large-screen-small-frame.gif", () -> gif(13_000, 13_000, 1, 1, 2, "024c 0100"));
        files.put("no-size.gif", () -> gif(0, 0, 0, 0, 2, "024c 0100"));
        for (int bits : new int[] {0, 1, 12, 13, 255}) {
            files.put("lzw-%d.gif".formatted(bits), () -> gif(100, 100, 100, 100, bits, "024c 0100"));
        }
        files.put("lzw-ff.gif", () -> gif(3000, 3000, 3000, 3000, 8, ("ff" + "ff".repeat(255)).repeat(1000) + "00"));
        files.put("lzw-00.gif", () -> gif(3000, 3000, 3000, 3000, 2, ("ff" + "00".repeat(255)).repeat(1000) + "00"));
        files.put("no-data.gif", () -> gif(100, 100, 100, 100, 2, "00"));
        files.put("no-blocks.gif", () -> new Bytes()
                .text("GIF89a")
                .le16(100)
                .le16(100)
                .hex("800000 000000 ffffff")
                .done());
        files.put("only-trailer.gif", () -> new Bytes()
                .text("GIF89a")
                .le16(100)
                .le16(100)
                .hex("800000 000000 ffffff 3b")
                .done());
        Bytes comments = new Bytes().text("GIF89a").le16(100).le16(100).hex("800000 000000 ffffff");
        files.put("100000-comments.gif", () -> comments.hex("21fe 01 61 00".repeat(100_000))
                .done());
        Bytes frames = new Bytes().text("GIF89a").le16(2000).le16(2000).hex("800000 000000 ffffff");
        for (int i = 0; i < 20_000; i++) {
            frames.hex("21f9 04 00 0000 00 00 2c")
                    .le16(0)
                    .le16(0)
                    .le16(2000)
                    .le16(2000)
                    .hex("00 02 02 4c01 00");
        }
        files.put("20000-frames.gif", () -> frames.hex("3b").done());
    }

    private static byte[] gif(int screenWidth, int screenHeight, int width, int height, int bits, String data) {
        return new Bytes()
                .text("GIF89a")
                .le16(screenWidth)
                .le16(screenHeight)
                .hex("800000 000000 ffffff 2c")
                .le16(0)
                .le16(0)
                .le16(width)
                .le16(height)
                .one(0)
                .one(bits)
                .hex(data)
                .hex("3b")
                .done();
    }

    private void bitmaps() {
        int[][] headers = {
            {1_000_000_000, 1, 24, 0},
            {1, 1_000_000_000, 24, 0},
            {20, Integer.MIN_VALUE, 24, 0},
            {-20, 20, 24, 0},
            {0, 20, 24, 0},
            {20, 0, 24, 0},
            {20, 20, 0, 0},
            {20, 20, 64, 0},
            {20, 20, 8, 1},
            {20, 20, 4, 2},
            {13_000, 13_000, 8, 1},
            {20, 20, 24, 4},
            {20, 20, 16, 3},
            {20, 20, 32, 77},
            {12_000, 14_000, 1, 0}
        };
        for (int[] header : headers) {
            Bytes bitmap =
                    new Bytes().text("BM").le32(2000).le32(0).le32(54 + 1024).le32(40);
            bitmap.le32(header[0])
                    .le32(header[1])
                    .le16(1)
                    .le16(header[2])
                    .le32(header[3])
                    .le32(0)
                    .le32(0)
                    .le32(0)
                    .le32(256)
                    .le32(0);
            files.put("%dx%d-%d-%d.bmp".formatted(header[0], header[1], header[2], header[3]), () -> bitmap.zeros(3000)
                    .done());
        }
        Bytes jumps = new Bytes().text("BM").le32(2000).le32(0).le32(54 + 1024).le32(40);
        jumps.le32(200)
                .le32(200)
                .le16(1)
                .le16(8)
                .le32(1)
                .le32(0)
                .le32(0)
                .le32(0)
                .le32(256)
                .le32(0)
                .zeros(1024);
        files.put("rle-jumps.bmp", () -> jumps.hex("0002 ffff".repeat(5000)).done());
    }

    private void others() {
        String svg = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"" + "ha".repeat(50) + "\">]><svg>&a;</svg>";
        files.put("svg.jpg", () -> svg.getBytes(StandardCharsets.UTF_8));
        files.put("pdf.jpg", () -> new Bytes()
                .text("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<<>>\nendobj\n%%EOF")
                .done());
        files.put("zip.jpg", () -> new Bytes().text("PK\u0003\u0004").zeros(60).done());
        for (String brand : new String[] {"heic", "mif1", "avif", "isom", "qt  "}) {
            files.put(brand.strip() + ".jpg", () -> new Bytes()
                    .be32(24)
                    .text("ftyp" + brand)
                    .be32(0)
                    .text("mif1heic")
                    .zeros(500)
                    .done());
        }
        files.put("jpeg-xl.jpg", () -> new Bytes().hex("ff0a").zeros(90).done());
        files.put(
                "jpeg-2000.jpg",
                () -> new Bytes().hex("0000000c6a5020200d0a870a").zeros(90).done());
        files.put("icon.jpg", () -> new Bytes().hex("0000 0100 0100").zeros(90).done());
        files.put("photoshop.jpg", () -> new Bytes()
                .text("8BPS")
                .be16(1)
                .zeros(6)
                .be16(3)
                .be32(30_000)
                .be32(30_000)
                .be16(8)
                .be16(3)
                .zeros(90)
                .done());
        files.put(
                "pnm.jpg",
                () -> new Bytes().text("P6 99999 99999 255\n").zeros(90).done());
        files.put("xbm.jpg", () -> new Bytes()
                .text("#define a_width 99999\n#define a_height 99999\nstatic char a[] = {")
                .done());
        files.put("gzip.jpg", () -> new Bytes().hex("1f8b08").zeros(90).done());
        files.put("empty.jpg", () -> new byte[0]);
        files.put("one-byte.jpg", () -> new byte[] {(byte) 0xff});
        files.put("zeros.jpg", () -> new byte[900_000]);
        files.put("newlines.jpg", () -> "\n".repeat(5000).getBytes(StandardCharsets.UTF_8));
        files.put("png-called.jpg", () -> Pictures.encoded("png", 30, 20));
        files.put("jpg-called.png", () -> Pictures.encoded("jpg", 30, 20));
        files.put("gif-called.tif", () -> Pictures.encoded("gif", 30, 20));
        files.put("bmp-called.webp", () -> Pictures.encoded("bmp", 30, 20));
    }
}
