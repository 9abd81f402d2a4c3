package cnn.image;

import cnn.IoReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the bytes of an image file, and no more than the head of anything else. */
final class EncodedFile {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private EncodedFile() {}

    static byte[] read(Path file) throws ImageException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(ImageFormat.HEAD_BYTES);
            ImageFormat.of(head);
            byte[] bytes = readRest(head, in, Files.size(file));
            if (in.read() >= 0) {
                throw new ImageException(
                        ImageException.Code.TOO_LARGE, "the file has more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new ImageException(ImageException.Code.NOT_FOUND, "no such file", e);
        } catch (AccessDeniedException e) {
            throw new ImageException(ImageException.Code.UNREADABLE_IMAGE, "no permission to read it", e);
        } catch (IOException e) {
            if (IoReason.lacksHandles(e)) {
                throw new UncheckedIOException(e); // says nothing of the image
            }
            String why = Files.isDirectory(file) ? "is a directory" : "cannot be read: " + reason(e);
            throw new ImageException(ImageException.Code.UNREADABLE_IMAGE, why, e);
        }
    }

    /** Without the path, which the message of a file system starts with. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e.getMessage();
    }

    /** The whole file; its size is only a hint, for a pipe has none and a file may grow. */
    private static byte[] readRest(byte[] head, InputStream in, long sizeHint) throws IOException {
        int expected = (int) Math.min(MAX_BYTES, Math.max(sizeHint, head.length));
        byte[] bytes = new byte[expected];
        System.arraycopy(head, 0, bytes, 0, head.length);
        int read = head.length + in.readNBytes(bytes, head.length, expected - head.length);
        byte[] beyond = in.readNBytes(MAX_BYTES - read);
        if (read == expected && beyond.length == 0) {
            return bytes;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(read + beyond.length);
        all.write(bytes, 0, read);
        all.write(beyond);
        return all.toByteArray();
    }
}
