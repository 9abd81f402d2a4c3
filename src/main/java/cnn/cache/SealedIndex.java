package cnn.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The list of a full segment's records in a file of its own, so that opening need not walk through the segment: the mark
 * {@code CNNI}, the number of records, the first 64 bits of each key with the record's offset, a CRC32C.
 */
final class SealedIndex {
    private static final int MARK = 0x494e4e43;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;
    private static final int FRAME_BYTES = 3 * Integer.BYTES;

    private long[] keysAndOffsets = new long[1 << 12];
    private int used;

    private void add(long key, long offset) {
        if (used == keysAndOffsets.length) {
            keysAndOffsets = Arrays.copyOf(keysAndOffsets, 2 * used);
        }
        keysAndOffsets[used++] = key;
        keysAndOffsets[used++] = offset;
    }

    void forEach(Segment.Found found) {
        for (int i = 0; i < used; i += 2) {
            found.record(keysAndOffsets[i], keysAndOffsets[i + 1]);
        }
    }

    /** Where the last record begins; 0 if there is none. */
    long lastOffset() {
        return used == 0 ? 0 : keysAndOffsets[used - 1];
    }

    /** Lists a segment that is full. Only for who may append to it; nothing happens if it has been deleted. */
    static void list(Path segment) throws IOException {
        SealedIndex index = new SealedIndex();
        try (Segment whole = Segment.open(segment, SegmentFolder.number(segment))) {
            whole.scan(index::add);
            index.write(segment);
        } catch (NoSuchFileException e) {
            return;
        }
    }

    /** Writes the list beside its segment, whole or not at all. */
    private void write(Path segment) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(FRAME_BYTES + used / 2 * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MARK).putInt(used / 2);
        for (int i = 0; i < used; i++) {
            bytes.putLong(keysAndOffsets[i]);
        }
        bytes.putInt(crc(bytes.array(), bytes.position()));
        Path part = segment.resolveSibling(segment.getFileName() + ".part");
        try {
            Files.write(part, bytes.array());
            Files.move(part, of(segment), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The list of a segment's records; empty if there is none, or not a sound one. */
    static Optional<SealedIndex> read(Path segment) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(of(segment));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int checked = content.length - Integer.BYTES;
        if (content.length < FRAME_BYTES
                || bytes.getInt() != MARK
                || bytes.getInt() != (content.length - FRAME_BYTES) / ENTRY_BYTES
                || bytes.getInt(checked) != crc(content, checked)) {
            return Optional.empty();
        }
        SealedIndex index = new SealedIndex();
        while (bytes.position() < checked) {
            index.add(bytes.getLong(), bytes.getLong());
        }
        return Optional.of(index);
    }

    /** Where the list of a segment lies. */
    static Path of(Path segment) {
        return segment.resolveSibling(segment.getFileName() + ".idx");
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
