package cnn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Tells by the first bytes of an HDF5 file (its superblock: HDF5 File Format Specification, II.A) whether it is whole. */
final class Hdf5Head {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int HEAD_BYTES = 64;

    private Hdf5Head() {}

    /** What is wrong with a file, if anything shows. */
    static Optional<String> problem(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (head.length < HEAD_BYTES || !Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            return Optional.of("is no HDF5 file (a web page of a proxy, perhaps)");
        }
        int version = head[SIGNATURE.length];
        int addresses = version < 2 ? 24 + version * 4 : 12; // base, free space or extension, end of file
        int offsetBytes = version < 2 ? head[13] : head[9];
        if (offsetBytes != Long.BYTES) {
            return Optional.empty(); // whoever reads the file tells more
        }
        long end = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(addresses + 2 * Long.BYTES);
        long size = Files.size(file);
        return size < end ? Optional.of("has %d of its %d bytes".formatted(size, end)) : Optional.empty();
    }
}
