package cnn.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Decodes the first frame of a WebP file on its canvas, black around it.
 *
 * <p>The plug-in gets the bare bit stream of that frame: alpha, which would be dropped, profiles and animation stay
 * behind. Lossless images are Pillow's, bit for bit. Lossy ones are off by about one level on average, more at sharp edges
 * of colour: the plug-in repeats the halved chroma where libwebp interpolates it.
 */
final class WebpDecoder {
    private static final int CHUNKS_AT = 12;
    private static final int FRAME_HEADER_BYTES = 16;

    /** The plug-in decodes some 10 million lossy pixels a second; a file that holds next to nothing may ask for so many. */
    private static final long LOSSY_PIXELS = 50_000_000;

    private static final int LOSSY_PIXELS_PER_BYTE = 50;
    private static final int LOSSY_HEADER_BYTES = 10;

    private WebpDecoder() {}

    static Pixels decode(byte[] encoded, Admission admission) throws IOException, ImageException {
        RiffChunk canvas = null;
        for (RiffChunk chunk = RiffChunk.at(encoded, CHUNKS_AT, encoded.length); chunk != null; chunk = chunk.next()) {
            if (chunk.is("VP8X") && chunk.dataEnd() - chunk.data() >= 10) {
                canvas = chunk;
                admission.limit().check(1 + chunk.unsigned(4, 3), 1 + chunk.unsigned(7, 3));
            } else if (chunk.is("VP8 ") || chunk.is("VP8L")) {
                checkTime(chunk);
                return PluginDecoder.decode(ImageFormat.WEBP, alone(chunk), admission);
            } else if (chunk.is("ANMF") && canvas != null) {
                return animated(canvas, chunk, admission);
            }
        }
        throw ImageException.unreadable("truncated WebP image: the file ends before its picture");
    }

    private static Pixels animated(RiffChunk canvas, RiffChunk frame, Admission admission)
            throws IOException, ImageException {
        if (frame.dataEnd() - frame.data() < FRAME_HEADER_BYTES) {
            throw ImageException.unreadable("truncated WebP image: the file ends within a frame");
        }
        RiffChunk part = RiffChunk.at(frame.file(), frame.data() + FRAME_HEADER_BYTES, frame.dataEnd());
        while (part != null && !part.is("VP8 ") && !part.is("VP8L")) {
            part = part.next();
        }
        if (part == null) {
            throw ImageException.unreadable("damaged WebP image: a frame without a picture");
        }
        checkTime(part);
        int width = 1 + (int) canvas.unsigned(4, 3);
        int height = 1 + (int) canvas.unsigned(7, 3);
        long canvasBytes = 3L * width * height;
        Pixels pixels = PluginDecoder.decode(ImageFormat.WEBP, alone(part), admission, canvasBytes);
        int left = 2 * (int) frame.unsigned(0, 3);
        int top = 2 * (int) frame.unsigned(3, 3);
        if (left + pixels.width() > width || top + pixels.height() > height) {
            throw ImageException.unreadable("damaged WebP image: a frame reaches beyond the canvas");
        }
        return pixels.on(width, height, left, top, new byte[3]);
    }

    /** Refuses a lossy picture that would take long, and of which the file holds little: RFC 6386, section 9.1. */
    private static void checkTime(RiffChunk picture) throws ImageException {
        int bytes = picture.dataEnd() - picture.data();
        if (!picture.is("VP8 ") || bytes < LOSSY_HEADER_BYTES) {
            return;
        }
        long width = picture.unsigned(6, 2) & 0x3fff;
        long height = picture.unsigned(8, 2) & 0x3fff;
        long most = LOSSY_PIXELS + (long) LOSSY_PIXELS_PER_BYTE * bytes;
        if (width * height > most) {
            throw new ImageException(
                    ImageException.Code.TOO_LARGE,
                    "declares %dx%d pixels in %d bytes, more than the limit of %d for so few"
                            .formatted(width, height, bytes, most));
        }
    }

    /** A WebP file of this one chunk; what the original lacks at its end is lacking here. */
    private static byte[] alone(RiffChunk chunk) {
        int start = chunk.data() - 8;
        int bytes = chunk.dataEnd() - start;
        ByteBuffer out = ByteBuffer.allocate(CHUNKS_AT + bytes + (bytes & 1)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(chunk.file(), 0, CHUNKS_AT).putInt(4, out.capacity() - 8);
        return out.put(chunk.file(), start, bytes).array();
    }
}
