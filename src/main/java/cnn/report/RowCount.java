package cnn.report;

import cnn.data.ImageInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.CRC32C;

/** Counts inputs and the bytes of their rows, with checksums of both. */
final class RowCount {
    private static final int BLOCK = 1 << 16;

    private final CRC32C rows = new CRC32C();
    private final CRC32C names = new CRC32C();
    private long inputs;
    private long failed;
    private long bytes;

    void addBytes(byte[] content) {
        rows.update(content);
        bytes += content.length;
    }

    void addInput(String name, boolean hasFailed) {
        names.update(name.getBytes(StandardCharsets.UTF_8));
        names.update(0);
        inputs++;
        failed += hasFailed ? 1 : 0;
    }

    Answered answered() {
        return new Answered(inputs, failed, bytes, rows.getValue(), names.getValue());
    }

    /** Counts what a file begins with, and the inputs that this is of, as far as another run came. */
    void skip(Answered before, FileChannel file, Iterator<ImageInput> skipped) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (bytes < before.bytes()
                && file.read(block.clear().limit((int) Math.min(BLOCK, before.bytes() - bytes)), bytes) > 0) {
            bytes += block.flip().limit();
            rows.update(block);
        }
        while (inputs < before.inputs() && skipped.hasNext()) {
            addInput(skipped.next().given(), false);
        }
        failed = before.failed();
    }
}
