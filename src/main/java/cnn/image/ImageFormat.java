package cnn.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** The formats that are decoded, told apart by their first bytes and never by the name of the file. */
enum ImageFormat {
    JPEG,
    PNG,
    GIF,
    BMP,
    TIFF,
    BIG_TIFF,
    WEBP;

    /** How many bytes {@link #of} looks at. */
    static final int HEAD_BYTES = 16;

    private static final Set<String> SUFFIXES =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "dib", "tif", "tiff", "webp");

    /** The format of a file that begins with these bytes. */
    static ImageFormat of(byte[] head) throws ImageException {
        if (head.length == 0) {
            throw new ImageException(ImageException.Code.EMPTY_FILE, "the file is empty");
        }
        if (starts(head, 0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (starts(head, 0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (starts(head, 0, "GIF87a") || starts(head, 0, "GIF89a")) {
            return GIF;
        }
        if (starts(head, 0, "BM")) {
            return BMP;
        }
        if (starts(head, 0, "II*\0") || starts(head, 0, "MM\0*")) {
            return TIFF;
        }
        if (starts(head, 0, "II+\0") || starts(head, 0, "MM\0+")) {
            return BIG_TIFF;
        }
        if (starts(head, 0, "RIFF") && starts(head, 8, "WEBP")) {
            return WEBP;
        }
        throw ImageException.unsupported("not a JPEG, PNG, GIF, BMP, TIFF or WebP image");
    }

    /** The name as people write it. */
    @Override
    public String toString() {
        return this == WEBP ? "WebP" : this == BIG_TIFF ? "BigTIFF" : name();
    }

    /** Whether the name ends like that of an image, in any case. */
    static boolean hasSuffix(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot >= 0 && SUFFIXES.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    static boolean starts(byte[] bytes, int at, String latin1) {
        byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length - at < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
