package cnn.cache;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a record store: segments, named by a random number of 16 hex digits that is never used again, and their
 * lists.
 */
final class SegmentFolder {
    private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{16}\\.seg");
    private static final Pattern LEFT_OVER = Pattern.compile("[0-9a-f]{16}\\.seg\\.(idx|part)");
    private static final long MAKING_ROOM = 0;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final CacheLocks locks;

    /** A segment's size in bytes and when it was used last. */
    record Usage(Path file, long bytes, long lastUsedMillis) {}

    private SegmentFolder(Path folder, CacheLocks locks) {
        this.folder = folder;
        this.locks = locks;
    }

    /** The folder at that place, made if it is not there. */
    static SegmentFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new SegmentFolder(folder, CacheLocks.of(folder));
    }

    /** All segments there are, in no order. */
    List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            SEGMENT.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }

    /** The number in a segment's name. */
    static long number(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 16), 16);
    }

    /** The lock for appending to a segment, unless somebody has it. */
    Optional<FileLock> lockToAppend(long number) throws IOException {
        return locks.tryLock(number);
    }

    /** A new segment for this process to append to. */
    Segment create() throws IOException {
        while (true) {
            long number = 1 + (RANDOM.nextLong() >>> 2);
            Optional<FileLock> lock = locks.tryLock(number);
            if (lock.isPresent()) {
                Path file = folder.resolve("%016x.seg".formatted(number));
                return Segment.openToAppend(file, number, lock.get(), StandardOpenOption.CREATE_NEW);
            }
        }
    }

    List<Usage> usage() throws IOException {
        List<Usage> usage = new ArrayList<>();
        for (Path file : segments()) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                usage.add(new Usage(
                        file, attributes.size(), attributes.lastModifiedTime().toMillis()));
            } catch (NoSuchFileException e) {
                continue; // deleted meanwhile by another process that makes room
            }
        }
        return usage;
    }

    /**
     * Deletes segments, the least recently used first, until the others have {@code limitBytes} or less. Those that
     * somebody appends to stay.
     */
    void makeRoom(long limitBytes) throws IOException {
        Optional<FileLock> lock = locks.tryLock(MAKING_ROOM);
        if (lock.isEmpty()) {
            return; // another process is at it
        }
        try {
            List<Usage> oldestFirst = new ArrayList<>(usage());
            oldestFirst.sort(Comparator.comparingLong(Usage::lastUsedMillis));
            long bytes = oldestFirst.stream().mapToLong(Usage::bytes).sum();
            for (Usage segment : oldestFirst) {
                if (bytes <= limitBytes) {
                    return;
                }
                bytes -= deleteUnlessInUse(segment.file()) ? segment.bytes() : 0;
            }
        } finally {
            lock.get().release();
        }
    }

    /**
     * Deletes all segments, and what somebody who was killed left of one; who is appending to one goes on without an effect.
     * Cut off anywhere it leaves whole segments, with or without their lists, and perhaps a list alone for the next.
     */
    void clear() throws IOException {
        for (Path file : segments()) {
            delete(file);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(SegmentFolder::isLeftOver).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isLeftOver(Path file) {
        return LEFT_OVER.matcher(file.getFileName().toString()).matches();
    }

    private boolean deleteUnlessInUse(Path segment) throws IOException {
        Optional<FileLock> lock = locks.tryLock(number(segment));
        if (lock.isEmpty()) {
            return false;
        }
        try {
            delete(segment);
            return true;
        } finally {
            lock.get().release();
        }
    }

    private static void delete(Path segment) throws IOException {
        // The list first: without it the segment is walked through; a list without its segment would stay for ever.
        for (Path file : Set.of(SealedIndex.of(segment), segment.resolveSibling(segment.getFileName() + ".part"))) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(segment);
    }
}
