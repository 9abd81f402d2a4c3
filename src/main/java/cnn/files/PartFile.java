package cnn.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A result under a temporary name beside its place, locked while its process lives; so that what a killed process left
 * behind can be told from what another one is writing, and is deleted by the next who writes to the same place.
 *
 * @param channel open for writing; the lock goes with it
 */
public record PartFile(Path file, FileChannel channel) implements AutoCloseable {

    /** A new file for what is to become {@code target}. */
    public static PartFile beside(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        String name = "." + target.getFileName();
        deleteLeftBehind(target);
        while (true) {
            Path file = Files.createTempFile(folder, name, ".part");
            file.toFile().deleteOnExit(); // also when interrupted
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            lock(channel);
            if (Files.exists(file)) {
                return new PartFile(file, channel);
            }
            channel.close(); // another process took it for left behind before it was locked
        }
    }

    /**
     * A file that stays under this name when its process dies, to be gone on with: what is in it, and room for more.
     *
     * @return empty while another process has it
     */
    public static Optional<PartFile> lasting(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (lock(channel) && Files.exists(file)) {
            return Optional.of(new PartFile(file, channel));
        }
        channel.close();
        return Optional.empty();
    }

    /** Writes all of it behind what is there. */
    public void write(byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Makes the file appear as {@code target}, as open as any file that the user makes. */
    public void moveTo(Path target) throws IOException {
        Permissions.makeAsNew(file);
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes the file, unless it was moved. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    /** Deletes what killed processes left that were to become {@code target}. */
    public static void deleteLeftBehind(Path target) throws IOException {
        String name = "." + target.getFileName();
        DirectoryStream.Filter<Path> parts = file -> {
            String found = file.getFileName().toString();
            return found.startsWith(name) && found.substring(name.length()).matches("\\d+\\.part");
        };
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(target.toAbsolutePath().getParent(), parts)) {
            for (Path file : found) {
                deleteUnlessLocked(file);
            }
        }
    }

    private static void deleteUnlessLocked(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (lock(channel)) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return; // somebody else's, or gone already
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
