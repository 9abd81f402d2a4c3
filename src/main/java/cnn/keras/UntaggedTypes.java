package cnn.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A way round the HDF5 reader, which fails on opaque types without a tag. h5py writes Keras's bfloat16 numbers as such: two
 * bytes of no known meaning. In a copy of the file they become texts of two bytes, for the reader to know of; their values
 * are read from the file itself.
 */
final class UntaggedTypes {
    /** HDF5 File Format Specification, IV.A.2.d: a datatype message of 8 bytes, not shared; then version 1, class 5, 2 bytes. */
    private static final byte[] MESSAGE = {3, 0, 8, 0, 1, 0, 0, 0, 0x15, 0, 0, 0, 2, 0, 0, 0};

    private static final int CLASS = 8;
    private static final byte TEXT = 0x13;

    private UntaggedTypes() {}

    /** Whether the reader failed for this reason. */
    static boolean areReasonFor(RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).contains("End of buffer reached before NULL");
    }

    static ByteBuffer copyWithout(Hdf5Bytes bytes) throws IOException {
        ByteBuffer copy = ByteBuffer.allocateDirect(Math.toIntExact(bytes.size()));
        copy.put(bytes.slice(0, bytes.size())).flip();
        byte[] found = new byte[MESSAGE.length];
        for (int at = 0; at <= copy.limit() - MESSAGE.length; at += Long.BYTES) {
            copy.get(at, found);
            if (Arrays.equals(found, MESSAGE)) {
                copy.put(at + CLASS, TEXT);
            }
        }
        return copy;
    }
}
