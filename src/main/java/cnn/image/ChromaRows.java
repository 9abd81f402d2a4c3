package cnn.image;

import java.io.IOException;
import java.util.Base64;

/**
 * JPEG components with half as many rows as the picture (4:4:0): Pillow's libjpeg-turbo interpolates the rows between,
 * older versions of libjpeg, such as most Javas bring along, repeat each row. Where that is so, the rows are
 * interpolated here (libjpeg-turbo's jdsample.c, h1v2_fancy_upsample), so that pixels do not depend on the Java that runs.
 */
final class ChromaRows {
    /** A picture of 8x16 in 4:4:0 whose colour changes from top to bottom. */
    private static final String PROBE =
            "/9j/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARwe"
                    + "HigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAQAAgDARIA"
                    + "AhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABUQAQEAAAAAAAAAAAAAAAAAAAAS/8QAFAEBAAAAAAAAAAAAAAAAAAAAAf/E"
                    + "ABYRAQEBAAAAAAAAAAAAAAAAAAAUYf/aAAwDAQACEQMRAD8ASwWIsNb/2Q==";

    private ChromaRows() {}

    /** Interpolates, in place, the halved components of samples as this Java's reader gives them. */
    static void interpolate(byte[] samples, JpegFrame frame) throws IOException, ImageException {
        for (int component = 0; component < frame.components(); component++) {
            if (frame.hasHalfTheRows(component) && areRepeatedByReader()) {
                interpolate(samples, frame, component);
            }
        }
    }

    /** Whether this Java's reader repeats rows, as the libjpeg does that is older than libjpeg-turbo. */
    static boolean areRepeatedByReader() {
        return Reader.REPEATS_ROWS;
    }

    private static void interpolate(byte[] samples, JpegFrame frame, int component) {
        int stride = frame.components();
        int rowBytes = stride * frame.width();
        for (int x = 0; x < frame.width(); x++) {
            int at = component + stride * x;
            int above = samples[at] & 0xff;
            for (int y = 0; y < frame.height(); y += 2) {
                int here = samples[at + y * rowBytes] & 0xff;
                int below = y + 2 < frame.height() ? samples[at + (y + 2) * rowBytes] & 0xff : here;
                samples[at + y * rowBytes] = (byte) ((3 * here + above + 1) >> 2);
                if (y + 1 < frame.height()) {
                    samples[at + (y + 1) * rowBytes] = (byte) ((3 * here + below + 2) >> 2);
                }
                above = here;
            }
        }
    }

    /** What the reader of this Java does, found out when the first such picture comes. */
    private static final class Reader {
        static final boolean REPEATS_ROWS = repeatsRows();

        private static boolean repeatsRows() {
            try {
                JpegHeader header = JpegHeader.parse(Base64.getDecoder().decode(PROBE));
                byte[] samples = JpegDecoder.samples(header);
                JpegFrame frame = header.frame();
                int rowBytes = frame.components() * frame.width();
                boolean repeats = true;
                for (int y = 0; y < frame.height(); y += 2) {
                    for (int x = 1; x < rowBytes; x += frame.components()) {
                        repeats &= samples[y * rowBytes + x] == samples[(y + 1) * rowBytes + x];
                    }
                }
                return repeats;
            } catch (IOException | ImageException e) {
                throw new IllegalStateException("the picture in this class can be read", e);
            }
        }
    }
}
