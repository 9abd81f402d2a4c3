package cnn.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.Optional;

/** The bytes of an HDF5 file: a file, a part of one that is read where it lies, or what was unpacked from one. */
final class Hdf5Bytes {
    private final Optional<FileChannel> channel;
    private final long start;
    private final long size;
    private final ByteBuffer unpacked;

    private Hdf5Bytes(Optional<FileChannel> channel, long start, long size, ByteBuffer unpacked) {
        this.channel = channel;
        this.start = start;
        this.size = size;
        this.unpacked = unpacked;
    }

    static Hdf5Bytes file(FileChannel channel) throws IOException {
        return part(channel, 0, channel.size());
    }

    /** A part of a file; it must stay open as long as this is used. */
    static Hdf5Bytes part(FileChannel channel, long start, long size) {
        return new Hdf5Bytes(Optional.of(channel), start, size, ByteBuffer.allocate(0));
    }

    static Hdf5Bytes unpacked(byte[] content) {
        return new Hdf5Bytes(Optional.empty(), 0, content.length, ByteBuffer.wrap(content));
    }

    long size() {
        return size;
    }

    /** Bytes in little-endian order, mapped where they lie in a file. */
    ByteBuffer slice(long from, long bytes) throws IOException {
        if (from < 0 || bytes < 0 || from > size - bytes) {
            throw new IllegalArgumentException("%d bytes from %d of %d".formatted(bytes, from, size));
        }
        ByteBuffer slice = channel.isPresent()
                ? channel.get().map(MapMode.READ_ONLY, start + from, bytes)
                : unpacked.slice((int) from, (int) bytes).asReadOnlyBuffer();
        return slice.order(ByteOrder.LITTLE_ENDIAN);
    }
}
