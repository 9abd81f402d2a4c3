package cnn.report;

import cnn.features.FeatureRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** One row of numbers as little-endian float32; NaN for an input that failed, so that row i is always input i. */
final class FloatRow {
    private final ByteBuffer bytes;

    FloatRow(int floats) {
        bytes = ByteBuffer.allocate(Math.multiplyExact(floats, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The row's bytes, valid until the next call. */
    byte[] of(FeatureRow row) {
        FloatBuffer floats = bytes.asFloatBuffer();
        if (row.failure().isPresent()) {
            while (floats.hasRemaining()) {
                floats.put(Float.NaN);
            }
        } else {
            floats.put(row.features());
        }
        if (floats.hasRemaining()) {
            throw new IllegalArgumentException(row.input() + " has " + row.features().length + " features");
        }
        return bytes.array();
    }
}
