package cnn.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An image stream over bytes in memory: no cache on disk, no copies.
 *
 * <p>Plug-ins that take the end of the file for zeros may go on for minutes (a damaged WebP can ask for 65536 code
 * tables); so after a number of attempts to read beyond the end, one fails.
 *
 * <p>Its length is unknown to whoever asks: the plug-ins would tell from it which images are too large to be true, and
 * refuse a blank page, of which a thousand bytes make a million. What an image may declare is for {@link PixelLimit}.
 */
final class ByteArrayStream extends ImageInputStreamImpl {
    private static final int MAX_READS_BEYOND_END = 1000;

    private final byte[] bytes;
    private int readsBeyondEnd;

    ByteArrayStream(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : beyondEnd();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        if (count <= 0) {
            return beyondEnd();
        }
        System.arraycopy(bytes, (int) streamPos, into, from, count);
        streamPos += count;
        return count;
    }

    private int beyondEnd() throws IOException {
        if (++readsBeyondEnd > MAX_READS_BEYOND_END) {
            throw new IOException("the data end too early");
        }
        return -1;
    }
}
