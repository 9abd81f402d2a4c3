package cnn.cache;

import cnn.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One file of records, one behind the other, which one process at a time may append to.
 *
 * <p>Everything behind the last sound header, or a record that the file does not hold whole, is either being written by
 * another process or was left by one that died; it is passed over by readers and cut off by the next who appends.
 */
final class Segment implements AutoCloseable {

    /** Hears of the records that a segment holds. */
    interface Found {
        void record(long key, long offset);
    }

    private static final int WINDOW_BYTES = 1 << 16;

    private final Path file;
    private final long number;
    private final FileChannel channel;
    private long end;
    private Optional<FileLock> appending = Optional.empty();
    private volatile boolean used;

    private Segment(Path file, long number, FileChannel channel) {
        this.file = file;
        this.number = number;
        this.channel = channel;
    }

    static Segment open(Path file, long number) throws IOException {
        return new Segment(file, number, FileChannel.open(file, StandardOpenOption.READ));
    }

    /**
     * A segment for appending.
     *
     * @param creation {@code CREATE_NEW}, or nothing for a file that must be there
     */
    static Segment openToAppend(Path file, long number, FileLock lock, OpenOption... creation) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        options.addAll(List.of(creation));
        Segment segment = new Segment(file, number, FileChannel.open(file, options));
        segment.appending = Optional.of(lock);
        return segment;
    }

    Path file() {
        return file;
    }

    /** Its file's number, which is also that of the lock for appending to it. */
    long number() {
        return number;
    }

    /** Where the last whole record ends, as far as it has been looked at. */
    long end() {
        return end;
    }

    /** Takes the records up to {@code offset} for known. */
    void skipTo(long offset) {
        end = offset;
    }

    /** Finds the records that have been added since the last time. */
    void scan(Found found) throws IOException {
        long size = channel.size();
        if (size - end < CacheRecord.HEADER_BYTES) {
            return;
        }
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0);
        long windowStart = end;
        while (size - end >= CacheRecord.HEADER_BYTES) {
            if (end + CacheRecord.HEADER_BYTES > windowStart + window.limit()) {
                windowStart = end;
                readFully(window.clear(), end);
                window.flip();
            }
            Optional<CacheRecord> header = CacheRecord.header(window.position((int) (end - windowStart)));
            if (header.isEmpty() || end + header.get().totalBytes() > size) {
                return;
            }
            found.record(header.get().key().first(), end);
            end += header.get().totalBytes();
        }
    }

    /** The payload of the record at {@code offset}; empty if it is not that key's, not of that length, or not sound. */
    Optional<byte[]> read(long offset, Sha256 key, int payloadBytes) throws IOException {
        byte[] record = new byte[CacheRecord.HEADER_BYTES + payloadBytes];
        ByteBuffer bytes = ByteBuffer.wrap(record);
        readFully(bytes, offset);
        if (bytes.hasRemaining() || !CacheRecord.isSound(record, key)) {
            return Optional.empty();
        }
        used = true;
        byte[] payload = new byte[payloadBytes];
        System.arraycopy(record, CacheRecord.HEADER_BYTES, payload, 0, payloadBytes);
        return Optional.of(payload);
    }

    /** Cuts off what a process left behind that died while it wrote. */
    void dropTornTail() throws IOException {
        channel.truncate(end);
    }

    /**
     * Adds a record, which must be the only thing that is being added.
     *
     * @return its offset
     * @throws IOException if it cannot be written, as when the disk is full; the file is as before then
     */
    long append(Sha256 key, byte[] payload) throws IOException {
        long offset = end;
        ByteBuffer record = CacheRecord.encode(key, payload);
        try {
            for (long at = offset; record.hasRemaining(); ) {
                at += channel.write(record, at);
            }
        } catch (IOException e) {
            channel.truncate(offset);
            throw e;
        }
        end = offset + record.limit();
        return offset;
    }

    /** Whether the file is still there; another process may have deleted it to make room. */
    boolean exists() {
        return Files.exists(file);
    }

    /** Makes the file young among those that may be deleted to make room, if it was read since the last time. */
    void markUse() {
        if (used) {
            used = false;
            try {
                Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            } catch (IOException e) {
                // Deleted meanwhile, or not ours to mark: then it is as old as it looks.
                used = false;
            }
        }
    }

    /** Lets others append. */
    void stopAppending() throws IOException {
        if (appending.isPresent()) {
            appending.get().release();
            appending = Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        markUse();
        stopAppending();
        channel.close();
    }

    private void readFully(ByteBuffer bytes, long from) throws IOException {
        long at = from;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                return;
            }
            at += read;
        }
    }
}
