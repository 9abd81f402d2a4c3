package cnn.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 as a value: 32 bytes in four longs, the first byte the highest of {@code first}. */
public record Sha256(long first, long second, long third, long fourth) {
    public static final int BYTES = 32;

    /** The hash of some bytes. */
    public static Sha256 of(byte[] content) {
        return read(ByteBuffer.wrap(digest().digest(content)));
    }

    /** The hash of a file's bytes. */
    public static Sha256 of(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return read(ByteBuffer.wrap(digest.digest()));
    }

    /** The hash of several hashes one after the other: one name for what they name together. */
    public static Sha256 of(Sha256... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(parts.length * BYTES);
        for (Sha256 part : parts) {
            part.write(bytes);
        }
        return of(bytes.array());
    }

    /** The hash that follows in {@code bytes}. */
    public static Sha256 read(ByteBuffer bytes) {
        return new Sha256(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** Puts the 32 bytes into a buffer of big-endian order. */
    public void write(ByteBuffer bytes) {
        bytes.putLong(first).putLong(second).putLong(third).putLong(fourth);
    }

    /** 64 hex digits. */
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return HexFormat.of().formatHex(bytes.array());
    }

    /** What computes a SHA-256 of bytes that come piece by piece. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
