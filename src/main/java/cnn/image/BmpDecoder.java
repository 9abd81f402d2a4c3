package cnn.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes BMP, unless its header promises lines that the file does not hold. */
final class BmpDecoder {
    private static final int HEADER_AT = 14;
    private static final int CORE_HEADER_BYTES = 12;
    private static final int RUN_LENGTH_8 = 1;
    private static final int RUN_LENGTH_4 = 2;
    private static final int JPEG = 4;
    private static final int PNG = 5;

    private BmpDecoder() {}

    static Pixels decode(byte[] encoded, Admission admission) throws IOException, ImageException {
        if (encoded.length >= HEADER_AT + CORE_HEADER_BYTES) {
            check(ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN), admission.limit());
        }
        return PluginDecoder.decode(ImageFormat.BMP, encoded, admission);
    }

    private static void check(ByteBuffer file, PixelLimit limit) throws ImageException {
        boolean core = file.getInt(HEADER_AT) == CORE_HEADER_BYTES;
        if (!core && file.capacity() < HEADER_AT + 20) {
            throw ImageException.unreadable("truncated BMP image: the file ends within its header");
        }
        long width = core ? Short.toUnsignedLong(file.getShort(HEADER_AT + 4)) : file.getInt(HEADER_AT + 4);
        // Lines that go from the top down have a negative height.
        long height = Math.abs(core ? file.getShort(HEADER_AT + 6) : (long) file.getInt(HEADER_AT + 8));
        int bits = Short.toUnsignedInt(file.getShort(HEADER_AT + (core ? 10 : 14)));
        int compression = core ? 0 : file.getInt(HEADER_AT + 16);
        limit.check(width, height);
        if (compression == JPEG || compression == PNG) {
            throw ImageException.unsupported("BMP image with a " + (compression == JPEG ? "JPEG" : "PNG") + " in it");
        }
        long line = (width * bits + 31) / 32 * 4;
        if (compression != RUN_LENGTH_8 && compression != RUN_LENGTH_4 && line * height > file.capacity()) {
            throw ImageException.unreadable(
                    "truncated BMP image: %d bytes do not hold %dx%d pixels".formatted(file.capacity(), width, height));
        }
    }
}
