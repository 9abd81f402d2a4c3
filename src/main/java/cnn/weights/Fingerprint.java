package cnn.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * What the bytes of a file come to.
 *
 * <p>sha256 and md5 say what a file is, but take 1.5 seconds for the 553 MB of VGG16. CRC32C takes a twentieth of that
 * and still sees every flipped byte, so it is what is recomputed at each use.
 *
 * @param crc32cs CRC32C of each 64 MB of the file in turn, the last part being shorter; so that several threads can
 *     share the work
 */
record Fingerprint(long sizeBytes, String sha256, String md5, List<Integer> crc32cs) {
    private static final long CHUNK_BYTES = 64L << 20;
    private static final int BUFFER_BYTES = 1 << 20;

    Fingerprint {
        crc32cs = List.copyOf(crc32cs);
    }

    /** Whether its md5 or its sha256 is among these. */
    boolean isOneOf(List<String> hashes) {
        return hashes.contains(md5) || hashes.contains(sha256);
    }

    /** Its hash of the kind of these, for messages: {@code md5 2cb95161...}. */
    String like(List<String> hashes) {
        return hashes.get(0).length() == md5.length() ? "md5 " + md5 : "sha256 " + sha256;
    }

    /** Reads the whole file once. */
    static Fingerprint of(Path file) throws IOException {
        MessageDigest sha256 = digest("SHA-256");
        MessageDigest md5 = digest("MD5");
        List<Integer> crc32cs = new ArrayList<>();
        byte[] bytes = new byte[BUFFER_BYTES];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            CRC32C crc = new CRC32C();
            long size = 0;
            while (true) {
                int wanted = (int) Math.min(BUFFER_BYTES, CHUNK_BYTES - size % CHUNK_BYTES);
                int read = channel.read(ByteBuffer.wrap(bytes, 0, wanted));
                if (read < 0) {
                    break;
                }
                sha256.update(bytes, 0, read);
                md5.update(bytes, 0, read);
                crc.update(bytes, 0, read);
                size += read;
                if (size % CHUNK_BYTES == 0) {
                    crc32cs.add((int) crc.getValue());
                    crc.reset();
                }
            }
            if (size % CHUNK_BYTES != 0) {
                crc32cs.add((int) crc.getValue());
            }
            HexFormat hex = HexFormat.of();
            return new Fingerprint(size, hex.formatHex(sha256.digest()), hex.formatHex(md5.digest()), crc32cs);
        }
    }

    /**
     * The {@link #crc32cs} of a file, by itself.
     *
     * <p>Plain reads, not a mapping: a file that another process cuts short meanwhile then gives another checksum
     * instead of a fault.
     */
    static List<Integer> crc32csOf(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long chunks = (channel.size() + CHUNK_BYTES - 1) / CHUNK_BYTES;
            if (chunks == 1) { // not worth the start of the thread pool
                return List.of(crc32cOf(channel, 0));
            }
            return LongStream.range(0, chunks)
                    .parallel()
                    .mapToObj(chunk -> crc32cOf(channel, chunk))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static int crc32cOf(FileChannel channel, long chunk) {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long end = (chunk + 1) * CHUNK_BYTES;
        try {
            for (long position = chunk * CHUNK_BYTES; position < end; ) {
                buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - position));
                int read = channel.read(buffer, position);
                if (read < 0) {
                    break;
                }
                crc.update(buffer.flip());
                position += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) crc.getValue();
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
