package cnn.cache;

import cnn.files.Sha256;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Small byte arrays under 32-byte keys, in a folder that any number of processes read and add to at once, and that may die
 * at any moment.
 *
 * <p>Each process appends to a segment file of its own, under a lock that the system drops with the process; the next
 * process that needs one goes on with a segment that nobody appends to. Every record carries checksums and its whole key,
 * and is held against them when it is read: what is torn, rotten or another key's is no record. So neither a wrong index
 * nor a file deleted meanwhile can give a wrong answer. Nothing is forced to disk: a power cut costs the last records.
 *
 * <p>In memory there are 25 to 50 bytes for each record. Any number of threads may read and add.
 */
public final class RecordStore implements AutoCloseable {
    private static final int SEGMENT_BITS = 24;
    private static final int OFFSET_BITS = Long.SIZE - SEGMENT_BITS;
    private static final long MOST_SEGMENT_BYTES = 64L << 20;
    private static final long LEAST_SEGMENT_BYTES = 1L << 16;
    private static final int SEGMENTS_OF_LIMIT = 16;

    private final SegmentFolder folder;
    private final long limitBytes;
    private final long fullBytes;
    private final PlaceTable places = new PlaceTable();
    private final Map<Integer, Segment> segments = new HashMap<>();
    private final Set<Path> known = new HashSet<>();
    private int lastOrdinal;
    private Optional<Integer> appending = Optional.empty();
    private boolean wasAddedTo;

    private RecordStore(SegmentFolder folder, long limitBytes) {
        this.folder = folder;
        this.limitBytes = limitBytes;
        this.fullBytes = Math.max(LEAST_SEGMENT_BYTES, Math.min(MOST_SEGMENT_BYTES, limitBytes / SEGMENTS_OF_LIMIT));
    }

    /**
     * Opens the store in a folder, which is made if it is not there.
     *
     * @param limitBytes when the files have more, the segments that were used least recently are deleted
     */
    public static RecordStore open(Path folder, long limitBytes) throws IOException {
        RecordStore store = new RecordStore(SegmentFolder.open(folder), limitBytes);
        store.refresh();
        return store;
    }

    /** Takes notice of what other processes have added, and deleted, since the last time. */
    synchronized void refresh() throws IOException {
        forgetDeleted();
        for (Map.Entry<Integer, Segment> entry : segments.entrySet()) {
            scan(entry.getKey(), entry.getValue());
        }
        for (Path file : folder.segments()) {
            if (!known.contains(file)) {
                take(file);
            }
        }
    }

    /** The payload under {@code key}, if there is one and it has that many bytes. */
    Optional<byte[]> read(Sha256 key, int payloadBytes) {
        long place;
        Segment segment;
        synchronized (this) {
            place = places.get(key.first());
            segment = segments.get((int) (place >>> OFFSET_BITS));
        }
        if (segment == null) {
            return Optional.empty();
        }
        try {
            return segment.read(place & ((1L << OFFSET_BITS) - 1), key, payloadBytes);
        } catch (IOException e) {
            return Optional.empty(); // a disk that cannot be read any more has no records; they are made anew
        }
    }

    /**
     * Puts a payload under a key, in place of any that is there.
     *
     * @throws IOException if it cannot be written; everything that was there before stays
     */
    synchronized void add(Sha256 key, byte[] payload) throws IOException {
        int ordinal = segmentToAppend();
        Segment segment = segments.get(ordinal);
        long offset = segment.append(key, payload);
        wasAddedTo = true;
        places.put(key.first(), place(ordinal, offset));
        if (segment.end() >= fullBytes) {
            seal(segment);
            appending = Optional.empty();
            makeRoom();
        }
    }

    synchronized int size() {
        return places.size();
    }

    /** Deletes all records, whoever uses them. */
    synchronized void clear() throws IOException {
        folder.clear();
        forgetDeleted();
    }

    /** Sizes and times of use of the files. */
    synchronized Iterable<SegmentFolder.Usage> usage() throws IOException {
        segments.values().forEach(Segment::markUse);
        return folder.usage();
    }

    @Override
    public synchronized void close() throws IOException {
        for (Segment segment : segments.values()) {
            segment.close();
        }
        segments.clear();
        if (wasAddedTo) {
            folder.makeRoom(limitBytes);
        }
    }

    private int segmentToAppend() throws IOException {
        if (appending.isPresent() && segments.containsKey(appending.get())) {
            return appending.get();
        }
        for (Map.Entry<Integer, Segment> entry : segments.entrySet()) {
            if (entry.getValue().end() < fullBytes && adopt(entry)) {
                appending = Optional.of(entry.getKey());
                return entry.getKey();
            }
        }
        Segment created = folder.create();
        appending = Optional.of(register(created));
        return appending.get();
    }

    /** Goes on with a segment that nobody appends to any more. */
    private boolean adopt(Map.Entry<Integer, Segment> entry) throws IOException {
        Segment reading = entry.getValue();
        Optional<FileLock> lock = folder.lockToAppend(reading.number());
        if (lock.isEmpty()) {
            return false;
        }
        Segment adopted;
        try {
            adopted = Segment.openToAppend(reading.file(), reading.number(), lock.get());
        } catch (NoSuchFileException e) {
            lock.get().release();
            return false;
        }
        adopted.skipTo(reading.end());
        scan(entry.getKey(), adopted);
        adopted.dropTornTail();
        entry.setValue(adopted);
        reading.close();
        return true;
    }

    private void take(Path file) throws IOException {
        Segment segment;
        try {
            segment = Segment.open(file, SegmentFolder.number(file));
        } catch (NoSuchFileException e) {
            return; // deleted meanwhile to make room
        }
        int ordinal = register(segment);
        Optional<SealedIndex> index = SealedIndex.read(file);
        if (index.isPresent()) {
            index.get().forEach((key, offset) -> places.put(key, place(ordinal, offset)));
            segment.skipTo(index.get().lastOffset());
        }
        scan(ordinal, segment);
        if (index.isEmpty() && segment.end() >= fullBytes) {
            sealForTheDead(segment);
        }
    }

    /** Writes the list of a segment whose process died before it could. */
    private void sealForTheDead(Segment segment) throws IOException {
        Optional<FileLock> lock = folder.lockToAppend(segment.number());
        if (lock.isPresent()) {
            try {
                seal(segment);
            } finally {
                lock.get().release();
            }
        }
    }

    private void seal(Segment segment) throws IOException {
        try {
            SealedIndex.list(segment.file());
        } finally {
            segment.stopAppending();
        }
    }

    private void makeRoom() throws IOException {
        segments.values().forEach(Segment::markUse);
        folder.makeRoom(limitBytes);
        forgetDeleted();
    }

    private void forgetDeleted() throws IOException {
        Set<Integer> deleted = new HashSet<>();
        for (Map.Entry<Integer, Segment> entry : segments.entrySet()) {
            if (!entry.getValue().exists()) {
                deleted.add(entry.getKey());
            }
        }
        if (deleted.isEmpty()) {
            return;
        }
        for (int ordinal : deleted) {
            Segment segment = segments.remove(ordinal);
            known.remove(segment.file());
            segment.close();
        }
        places.removeIf(place -> deleted.contains((int) (place >>> OFFSET_BITS)));
    }

    private int register(Segment segment) {
        segments.put(++lastOrdinal, segment);
        known.add(segment.file());
        return lastOrdinal;
    }

    private void scan(int ordinal, Segment segment) throws IOException {
        segment.scan((key, offset) -> places.put(key, place(ordinal, offset)));
    }

    private static long place(int ordinal, long offset) {
        return ((long) ordinal << OFFSET_BITS) | offset;
    }
}
