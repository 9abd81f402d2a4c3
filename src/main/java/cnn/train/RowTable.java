package cnn.train;

import cnn.IoReason;
import cnn.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Many rows of equally many bytes, outside the heap: in memory, or in a mapped temporary file where they are more than half
 * of what the process may take. The file has no name once it is open, so that nothing is left of it whatever happens. Any
 * number of threads may read rows that have been written.
 */
final class RowTable {
    private static final int SEGMENT_BYTES = 1 << 28;

    private final int rowBytes;
    private final int rowsPerSegment;
    private final List<ByteBuffer> segments;

    private RowTable(int rowBytes, int rowsPerSegment, List<ByteBuffer> segments) {
        this.rowBytes = rowBytes;
        this.rowsPerSegment = rowsPerSegment;
        this.segments = segments;
    }

    /**
     * A table of zeros.
     *
     * @throws UserError if it needs a file and there is no room for one
     */
    static RowTable of(int rows, int rowBytes) {
        return of(rows, rowBytes, Runtime.getRuntime().maxMemory() / 2);
    }

    /**
     * @param inMemory most bytes to take memory for
     */
    static RowTable of(int rows, int rowBytes, long inMemory) {
        int rowsPerSegment = Math.max(1, SEGMENT_BYTES / rowBytes);
        List<Integer> sizes = new ArrayList<>();
        for (int done = 0; done < rows; done += rowsPerSegment) {
            sizes.add(Math.multiplyExact(Math.min(rowsPerSegment, rows - done), rowBytes));
        }
        List<ByteBuffer> segments = (long) rows * rowBytes <= inMemory
                ? sizes.stream().map(ByteBuffer::allocateDirect).toList()
                : mapped(sizes);
        return new RowTable(rowBytes, rowsPerSegment, segments);
    }

    /** The bytes of a row, little-endian, at position 0; writing to them changes the table. */
    ByteBuffer row(int row) {
        ByteBuffer segment = segments.get(row / rowsPerSegment);
        return segment.slice(row % rowsPerSegment * rowBytes, rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<ByteBuffer> mapped(List<Integer> sizes) {
        try {
            Path file = Files.createTempFile("cnn-training", ".rows");
            List<ByteBuffer> segments = new ArrayList<>();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                Files.delete(file);
                long at = 0;
                for (int size : sizes) {
                    reserve(channel, at, size);
                    segments.add(channel.map(FileChannel.MapMode.READ_WRITE, at, size));
                    at += size;
                }
            }
            return List.copyOf(segments);
        } catch (IOException e) {
            throw UserError.data(
                    "cannot keep the training data in a temporary file: " + IoReason.of(e)
                            + "; make room, or let -Djava.io.tmpdir in CNN_JAVA_OPTIONS name another folder",
                    e);
        }
    }

    /** Writes zeros, so that a full disk shows now and not as a fault when a page is touched. */
    private static void reserve(FileChannel channel, long from, int size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (long at = from; at < from + size; ) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), from + size - at));
            at += channel.write(zeros, at);
        }
    }
}
