package cnn.golden;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Array files of NumPy, version 1. */
public final class Npy {
    private static final int BEFORE_HEADER = 10;
    private static final int LENGTH_OF_HEADER = 8;

    private Npy() {}

    /** The numbers of an array: what follows its header. */
    public static ByteBuffer numbers(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = BEFORE_HEADER + bytes.getShort(LENGTH_OF_HEADER);
        String text = new String(file, 0, header, StandardCharsets.ISO_8859_1);
        if (!text.contains("'fortran_order': False")) {
            throw new IllegalStateException("columns first: " + text);
        }
        return bytes.position(header).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The numbers of an array of float32. */
    public static float[] floats(byte[] file) {
        ByteBuffer bytes = numbers(file);
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }
}
