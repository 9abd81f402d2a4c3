package cnn.onednn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Gives out native memory, and counts it. */
final class NativeMemory {
    private static final long ALIGNMENT = 64;

    private long bytes;
    private long peakBytes;

    /** Memory with undefined content; freed by closing it. */
    final class Block implements AutoCloseable {
        private final Pointer allocated;
        private final BytePointer start;
        private final long sizeBytes;

        private Block(long sizeBytes) {
            this.sizeBytes = sizeBytes;
            this.allocated = Pointer.malloc(sizeBytes + ALIGNMENT);
            if (allocated == null || allocated.isNull()) {
                throw new OutOfMemoryError("no native memory of " + sizeBytes + " bytes");
            }
            long skip = Math.floorMod(-allocated.address(), ALIGNMENT);
            this.start = new BytePointer(allocated).position(skip);
            bytes += sizeBytes;
            peakBytes = Math.max(peakBytes, bytes);
        }

        /** The place {@code offset} bytes behind the start. */
        BytePointer at(long offset) {
            return start.getPointer(offset);
        }

        /** That part of it as numbers. */
        FloatBuffer floats(long offset, long bytes) {
            BytePointer part = at(offset);
            return part.capacity(part.position() + bytes)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        /** All of it as bytes. */
        ByteBuffer bytes() {
            BytePointer all = at(0);
            return all.capacity(all.position() + sizeBytes).asByteBuffer().slice();
        }

        long sizeBytes() {
            return sizeBytes;
        }

        @Override
        public void close() {
            Pointer.free(allocated);
            bytes -= sizeBytes;
        }
    }

    Block allocate(long sizeBytes) {
        return new Block(sizeBytes);
    }

    /** Bytes held now. */
    long bytes() {
        return bytes;
    }

    /** The most bytes held at any time. */
    long peakBytes() {
        return peakBytes;
    }
}
