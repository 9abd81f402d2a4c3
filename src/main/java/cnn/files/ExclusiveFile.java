package cnn.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that one thread of one process holds at a time, by a file of no content.
 *
 * <p>The operating system drops it when its process dies, however that happens. The file stays: to delete it would
 * let two processes hold locks on two files of the same name.
 */
public final class ExclusiveFile implements AutoCloseable {
    /** File locks belong to the whole JVM, so its threads need locks of their own. */
    private static final Map<Path, ReentrantLock> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final ReentrantLock ofThread;
    private final FileChannel channel;

    private ExclusiveFile(ReentrantLock ofThread, FileChannel channel) {
        this.ofThread = ofThread;
        this.channel = channel;
    }

    /** Waits for the lock; runs {@code onWait} first if somebody else holds it. */
    public static ExclusiveFile acquire(Path file, Runnable onWait) throws IOException {
        ReentrantLock ofThread =
                OF_THIS_PROCESS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
        if (!ofThread.tryLock()) {
            onWait.run();
            ofThread.lock();
        }
        try {
            return new ExclusiveFile(ofThread, locked(file, onWait));
        } catch (IOException e) {
            ofThread.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path file, Runnable onWait) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                onWait.run();
                channel.lock();
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Lets go: closing the channel drops the lock. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            ofThread.unlock();
        }
    }
}
