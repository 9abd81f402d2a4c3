package cnn.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Locks that belong to one process each and that the system drops when it dies: byte n of a file without content is the
 * lock of number n.
 *
 * <p>Closing any channel of a file drops all locks that the process holds on it (POSIX), so each lock file is opened once
 * in a process and stays open to its end. The file is never deleted: two processes would hold locks on two files of one
 * name.
 */
final class CacheLocks {
    private static final Map<Path, FileChannel> OPEN = new HashMap<>();

    private final FileChannel channel;

    private CacheLocks(FileChannel channel) {
        this.channel = channel;
    }

    /** The locks of {@code directory}, which exists. */
    static CacheLocks of(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve("lock");
        synchronized (OPEN) {
            FileChannel channel = OPEN.get(file);
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                OPEN.put(file, channel);
            }
            return new CacheLocks(channel);
        }
    }

    /** The lock of that number, unless somebody holds it, in this process or another. */
    Optional<FileLock> tryLock(long number) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(number, 1, false));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }
}
