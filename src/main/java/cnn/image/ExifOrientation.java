package cnn.image;

/** Finds the orientation that a camera noted: tag 0x0112 of the first directory of an EXIF (that is, TIFF) block. */
final class ExifOrientation {
    private static final int UPRIGHT = 1;
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final boolean bigEndian;

    private ExifOrientation(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.bigEndian = ImageFormat.starts(bytes, start, "MM");
    }

    /** The orientation, 1 to 8, that an image file holds; 1 (upright) if it holds none, or a broken one. */
    static int of(ImageFormat format, byte[] file) throws ImageException {
        return switch (format) {
            case JPEG -> ofJpeg(file);
            case PNG -> ofPng(file);
            case TIFF -> of(file, 0, file.length);
            case WEBP -> ofWebp(file);
            case GIF, BMP, BIG_TIFF -> UPRIGHT;
        };
    }

    private static int ofJpeg(byte[] file) throws ImageException {
        for (JpegSegment s = JpegSegment.first(file); s.marker() != 0xda; s = s.next()) {
            if (s.marker() == 0xe1 && ImageFormat.starts(file, s.body(), "Exif\0\0")) {
                return of(file, s.body() + 6, s.body() + s.length());
            }
        }
        return UPRIGHT;
    }

    private static int ofPng(byte[] file) {
        for (PngChunk chunk = PngChunk.at(file, 8); chunk != null; chunk = chunk.next()) {
            if (chunk.is("eXIf")) {
                return of(file, chunk.start() + 8, chunk.start() + chunk.totalBytes());
            }
        }
        return UPRIGHT;
    }

    private static int ofWebp(byte[] file) {
        for (RiffChunk chunk = RiffChunk.at(file, 12, file.length); chunk != null; chunk = chunk.next()) {
            if (chunk.is("EXIF")) {
                boolean headed = ImageFormat.starts(file, chunk.data(), "Exif\0\0");
                return of(file, chunk.data() + (headed ? 6 : 0), chunk.dataEnd());
            }
        }
        return UPRIGHT;
    }

    private static int of(byte[] bytes, int start, int end) {
        return new ExifOrientation(bytes, start, Math.min(end, bytes.length)).read();
    }

    private int read() {
        long directory = unsigned(start + 4L, 4);
        if (directory < 8 || !fits(start + directory, 2)) {
            return UPRIGHT;
        }
        long entries = unsigned(start + directory, 2);
        for (long i = 0; i < entries; i++) {
            long entry = start + directory + 2 + 12 * i;
            if (!fits(entry, 12)) {
                return UPRIGHT;
            }
            if (unsigned(entry, 2) == TAG) {
                long type = unsigned(entry + 2, 2);
                long value = type == SHORT ? unsigned(entry + 8, 2) : type == LONG ? unsigned(entry + 8, 4) : UPRIGHT;
                return value >= 1 && value <= 8 ? (int) value : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private boolean fits(long at, int size) {
        return at >= start && at + size <= end;
    }

    /** An unsigned number of that many bytes, or 0 beyond the end. */
    private long unsigned(long at, int size) {
        long value = 0;
        for (int i = 0; i < size && fits(at, size); i++) {
            value = value << 8 | (bytes[(int) at + (bigEndian ? i : size - 1 - i)] & 0xffL);
        }
        return value;
    }
}
