package cnn.program;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as bytes, lowest byte first, by pieces. */
public final class FloatsIo {
    private static final int PIECE = 16384;

    private FloatsIo() {}

    public static void write(DataOutput out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < values.length; start += PIECE) {
            int count = Math.min(PIECE, values.length - start);
            bytes.asFloatBuffer().put(values, start, count);
            out.write(bytes.array(), 0, count * Float.BYTES);
        }
    }

    public static float[] read(DataInput in, int count) throws IOException {
        float[] values = new float[count];
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < count; start += PIECE) {
            int piece = Math.min(PIECE, count - start);
            in.readFully(bytes.array(), 0, piece * Float.BYTES);
            bytes.asFloatBuffer().get(values, start, piece);
        }
        return values;
    }
}
