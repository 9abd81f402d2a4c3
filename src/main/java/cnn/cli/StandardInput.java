package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.data.ImageInput;
import cnn.image.ImageDecoder;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/** Tells an image on standard input from paths there, by its first bytes. */
final class StandardInput {
    private static final int HEAD_BYTES = 16;
    private static final String NAME = "-";

    private StandardInput() {}

    /** The image that the stream holds, put into a file that lasts as long as this process; empty, with nothing read, else. */
    static Optional<ImageInput> image(BufferedInputStream stream) {
        try {
            if (!ImageDecoder.isHead(head(stream))) {
                return Optional.empty();
            }
            return Optional.of(new ImageInput(NAME, Optional.of(copy(new BoundedStream(stream))), Optional.empty()));
        } catch (IOException e) {
            throw UserError.data("cannot read standard input: " + e.getMessage(), e);
        }
    }

    /** All that the stream holds, in a file that lasts as long as this process. */
    static Path kept(InputStream stream) {
        try {
            return copy(stream);
        } catch (IOException e) {
            throw UserError.data("cannot keep standard input: " + IoReason.of(e), e);
        }
    }

    private static Path copy(InputStream stream) throws IOException {
        Path file = Files.createTempFile("cnn-stdin", ".image");
        file.toFile().deleteOnExit();
        Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    /** The first bytes, and no more of a line than there is: paths may be typed. */
    private static byte[] head(InputStream stream) throws IOException {
        stream.mark(HEAD_BYTES);
        byte[] head = new byte[HEAD_BYTES];
        int count = 0;
        int next;
        while (count < HEAD_BYTES && (next = stream.read()) >= 0) {
            head[count++] = (byte) next;
            boolean ofPath = count == 1 ? next < 0x80 && "GBIMR".indexOf(next) < 0 : next == '\n' && head[0] > 0;
            if (ofPath && head[0] != 'B') {
                break;
            }
        }
        stream.reset();
        return Arrays.copyOf(head, count);
    }

    /** Ends one byte after the limit of what is read from pipes, so that the image is told to be too large. */
    private static final class BoundedStream extends FilterInputStream {
        private long left = ImageDecoder.MAX_PIPE_BYTES + 1L;

        BoundedStream(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = left == 0 ? -1 : super.read(into, from, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }
}
