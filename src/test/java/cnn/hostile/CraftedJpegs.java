package cnn.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** JPEG files of the kinds that decoders refuse, forget or never come back from. */
final class CraftedJpegs {
    private static final int SOI_BYTES = 2;
    private static final int SOF0 = 0xc0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int COMMENT = 0xfe;

    private final byte[] plain = Pictures.encoded("jpg", 60, 40);
    private final Map<String, Supplier<byte[]>> files = new LinkedHashMap<>();

    private CraftedJpegs() {}

    static Map<String, Supplier<byte[]>> all() {
        CraftedJpegs crafted = new CraftedJpegs();
        crafted.scans();
        crafted.frames();
        crafted.segments();
        return crafted.files;
    }

    private void scans() {
        files.put("3000-scans-4000x4000.jpg", () -> manyScans(4000, 3000));
        files.put("450-scans-500x500.jpg", () -> manyScans(500, 450));
        files.put("20000-scans-64x64.jpg", () -> manyScans(64, 20_000));
        files.put(
                "no-end.jpg", () -> new Bytes().raw(plain, 0, plain.length - 2).done());
        files.put("no-scan.jpg", () -> new Bytes().raw(plain, 0, scan(plain)).done());
        files.put("scan-first.jpg", () -> new Bytes()
                .raw(plain, 0, 2)
                .raw(plain, scan(plain), plain.length)
                .raw(plain, 2, plain.length)
                .done());
        files.put("two-pictures.jpg", () -> new Bytes().raw(plain).raw(plain).done());
        files.put(
                "trailing-garbage.jpg",
                () -> new Bytes().raw(plain).zeros(200_000).done());
        files.put("ff-fill.jpg", () -> new Bytes()
                .hex("ffd8")
                .hex("ff".repeat(400_000))
                .raw(plain, 2, plain.length)
                .done());
        files.put("only-start.jpg", () -> new Bytes().hex("ffd8").done());
        files.put("start-and-end.jpg", () -> new Bytes().hex("ffd8ffd9").done());
        files.put("many-restarts.jpg", () -> new Bytes()
                .raw(plain, 0, plain.length - 2)
                .hex("ffd0".repeat(100_000))
                .hex("ffd9")
                .done());
    }

    private void frames() {
        for (int kind : new int[] {1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 15}) {
            files.put("sof%d.jpg".formatted(kind), () -> frameByte(1, SOF0 + kind));
        }
        files.put("12-bit.jpg", () -> frameByte(4, 12));
        files.put("0-bit.jpg", () -> frameByte(4, 0));
        files.put("0-components.jpg", () -> frameByte(9, 0));
        files.put("4-components-of-3.jpg", () -> frameByte(9, 4));
        files.put("255-components.jpg", () -> frameByte(9, 255));
        for (int sampling : new int[] {0x00, 0x01, 0x10, 0x44, 0x55, 0xff, 0x31}) {
            files.put("sampling-%02x.jpg".formatted(sampling), () -> frameByte(11, sampling));
        }
        for (int[] size :
                new int[][] {{0, 0}, {0, 60}, {40, 0}, {65_535, 65_535}, {65_500, 1}, {1, 65_500}, {13_000, 13_000}}) {
            byte[] lie = frameByte(5, size[0] >> 8);
            int at = frame(lie);
            System.arraycopy(new Bytes().be16(size[0]).be16(size[1]).done(), 0, lie, at + 5, 4);
            files.put("declares-%dx%d.jpg".formatted(size[1], size[0]), () -> lie);
        }
        byte[] frame = new Bytes().raw(plain, frame(plain), scan(plain)).done();
        files.put("two-frames.jpg", () -> new Bytes()
                .raw(plain, 0, scan(plain))
                .raw(frame)
                .raw(plain, scan(plain), plain.length)
                .done());
    }

    private void segments() {
        for (int orientation : new int[] {0, 1, 5, 6, 8, 9, 77, 65_535}) {
            files.put("orientation-%d.jpg".formatted(orientation), () -> with(APP1, exif(orientation)));
        }
        files.put(
                "exif-loop.jpg",
                () -> with(
                        APP1,
                        new Bytes()
                                .text("Exif")
                                .be16(0)
                                .text("MM")
                                .be16(42)
                                .be32(8)
                                .be16(1)
                                .hex("8769 0004 00000001 00000008")
                                .be32(8)
                                .done()));
        files.put(
                "exif-far.jpg",
                () -> with(
                        APP1,
                        new Bytes()
                                .text("Exif")
                                .be16(0)
                                .text("II")
                                .le16(42)
                                .le32(0xfffffff0L)
                                .done()));
        files.put(
                "exif-many.jpg",
                () -> with(
                        APP1,
                        new Bytes()
                                .text("Exif")
                                .be16(0)
                                .text("MM")
                                .be16(42)
                                .be32(8)
                                .be16(65_535)
                                .done()));
        files.put(
                "exif-short.jpg",
                () -> with(APP1, new Bytes().text("Exif").one(0).done()));
        files.put(
                "profile-lie.jpg",
                () -> with(
                        APP2,
                        new Bytes()
                                .text("ICC_PROFILE")
                                .one(0)
                                .one(7)
                                .one(3)
                                .zeros(200)
                                .done()));
        files.put(
                "profile-of-255.jpg",
                () -> with(
                        APP2,
                        new Bytes()
                                .text("ICC_PROFILE")
                                .one(0)
                                .one(1)
                                .one(255)
                                .be32(0xffffffffL)
                                .zeros(500)
                                .done()));
        files.put(
                "adobe-3.jpg",
                () -> with(
                        0xee, new Bytes().text("Adobe").hex("0064 0000 0000 03").done()));
        files.put("zero-restart.jpg", () -> with(0xdd, new Bytes().be16(1).done()));
        files.put(
                "bad-huffman.jpg",
                () -> with(
                        0xc4, new Bytes().one(0).hex("ff".repeat(16)).zeros(100).done()));
        files.put(
                "bad-quantisation.jpg",
                () -> with(0xdb, new Bytes().one(0x30).zeros(64).done()));
        files.put(
                "number-of-lines.jpg", () -> with(0xdc, new Bytes().be16(65_535).done()));
        files.put(
                "arithmetic-conditioning.jpg",
                () -> with(0xcc, new Bytes().hex("0000").done()));
        Bytes comments = new Bytes().hex("ffd8");
        for (int i = 0; i < 60_000; i++) {
            comments.one(0xff).one(COMMENT).be16(4).be16(i);
        }
        files.put(
                "60000-comments.jpg", () -> comments.raw(plain, 2, plain.length).done());
        files.put("segment-of-0.jpg", () -> new Bytes()
                .hex("ffd8 ffe0 0000")
                .raw(plain, 2, plain.length)
                .done());
        files.put("segment-beyond.jpg", () -> new Bytes()
                .hex("ffd8 ffe0 ffff")
                .raw(plain, 2, plain.length)
                .done());
    }

    /** The last scan of a progressive picture over and over: each is a pass over all coefficients. */
    private static byte[] manyScans(int side, int scans) {
        byte[] jpeg = Pictures.progressiveJpeg(side, side);
        int last = jpeg.length - 2;
        while (jpeg[last] != (byte) 0xff || jpeg[last + 1] != (byte) 0xda) {
            last--;
        }
        Bytes many = new Bytes().raw(jpeg, 0, last);
        for (int i = 0; i < scans; i++) {
            many.raw(jpeg, last, jpeg.length - 2);
        }
        return many.hex("ffd9").done();
    }

    private byte[] frameByte(int offset, int value) {
        byte[] copy = plain.clone();
        copy[frame(copy) + offset] = (byte) value;
        return copy;
    }

    private byte[] with(int marker, byte[] body) {
        return new Bytes()
                .raw(plain, 0, SOI_BYTES)
                .one(0xff)
                .one(marker)
                .be16(body.length + 2)
                .raw(body)
                .raw(plain, SOI_BYTES, plain.length)
                .done();
    }

    /** An Exif block with nothing but the orientation. */
    static byte[] exif(int orientation) {
        return new Bytes()
                .text("Exif")
                .be16(0)
                .text("MM")
                .be16(42)
                .be32(8)
                .be16(1)
                .be16(0x0112)
                .be16(3)
                .be32(1)
                .be16(orientation)
                .be16(0)
                .be32(0)
                .done();
    }

    private static int frame(byte[] jpeg) {
        return marker(jpeg, SOF0);
    }

    private static int scan(byte[] jpeg) {
        return marker(jpeg, 0xda);
    }

    private static int marker(byte[] jpeg, int marker) {
        int at = SOI_BYTES;
        while ((jpeg[at + 1] & 0xff) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
        }
        return at;
    }
}
