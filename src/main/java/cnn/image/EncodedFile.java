package cnn.image;

import cnn.IoReason;
import cnn.image.ImageException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the bytes of an image file, and no more than the head of anything else. */
final class EncodedFile {
    private static final int MAX_BYTES = 1 << 30;

    private EncodedFile() {}

    static byte[] read(Path file) throws ImageException {
        try (DecodingMemory.Share share = DecodingMemory.SHARED.share()) {
            return new Attempt<>("encoded", () -> whole(file)).run(share);
        }
    }

    private static byte[] whole(Path file) throws ImageException {
        boolean isPipe = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
        try (InputStream in = isPipe ? PatientStream.open(file) : Files.newInputStream(file)) {
            byte[] head = in.readNBytes(ImageFormat.HEAD_BYTES);
            ImageFormat.of(head);
            return isPipe
                    ? withRest(head, in, head.length, ImageDecoder.MAX_PIPE_BYTES)
                    : withRest(head, in, Files.size(file), MAX_BYTES);
        } catch (NoSuchFileException e) {
            throw new ImageException(Code.NOT_FOUND, "no such file", e);
        } catch (AccessDeniedException e) {
            throw new ImageException(Code.UNREADABLE_IMAGE, "no permission to read it", e);
        } catch (IOException e) {
            if (IoReason.lacksHandles(e)) {
                throw new UncheckedIOException(e); // says nothing of the image
            }
            String why = Files.isDirectory(file) ? "is a directory" : "cannot be read: " + reason(e);
            throw new ImageException(Code.UNREADABLE_IMAGE, why, e);
        }
    }

    /** Without the path, which the message of a file system starts with. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e.getMessage();
    }

    /** The head and what follows; the size is only a hint, for a pipe has none and a file may grow. */
    private static byte[] withRest(byte[] head, InputStream in, long sizeHint, int most)
            throws IOException, ImageException {
        if (sizeHint > most) {
            throw tooLarge(most);
        }
        byte[] bytes = Arrays.copyOf(head, (int) Math.max(sizeHint, head.length));
        int read = head.length + in.readNBytes(bytes, head.length, bytes.length - head.length);
        byte[] beyond = in.readNBytes(most - read);
        if (in.read() >= 0) {
            throw tooLarge(most);
        }
        byte[] all = read + beyond.length == bytes.length ? bytes : Arrays.copyOf(bytes, read + beyond.length);
        System.arraycopy(beyond, 0, all, read, beyond.length);
        return all;
    }

    private static ImageException tooLarge(int most) {
        return new ImageException(Code.TOO_LARGE, "more than " + most + " bytes, which is the limit");
    }
}
