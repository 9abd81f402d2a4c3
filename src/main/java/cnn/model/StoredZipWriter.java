package cnn.model;

import cnn.files.Sha256;
import cnn.model.StoredZip.Entry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/** Writes a {@link StoredZip}. */
final class StoredZipWriter {
    private final FileChannel channel;
    private final List<Entry> entries = new ArrayList<>();

    /** What an entry holds. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * An entry that was written.
     *
     * @param sha256 of its content
     */
    record Written(Entry entry, String sha256) {}

    /** @param channel an empty file's */
    StoredZipWriter(FileChannel channel) {
        this.channel = channel;
    }

    /** @param name ASCII, not yet used */
    Written add(String name, Content content) throws IOException {
        long start = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
        Entry empty = new Entry(name, start, 0, 0);
        CRC32 crc = new CRC32();
        MessageDigest sha256 = Sha256.digest();
        OutputStream out = new CheckedOutputStream(Channels.newOutputStream(channel.position(empty.content())), crc);
        OutputStream digested = new BufferedOutputStream(new DigestOutputStream(out, sha256), 1 << 16);
        content.writeTo(digested);
        digested.flush();
        long bytes = channel.position() - empty.content();
        Entry entry = new Entry(name, start, bytes, (int) crc.getValue());
        writeAt(start, entry.header());
        entries.add(entry);
        return new Written(entry, HexFormat.of().formatHex(sha256.digest()));
    }

    /** Completes the file and waits until the disk has it. */
    void end() throws IOException {
        writeAt(entries.get(entries.size() - 1).end(), StoredZip.directory(entries));
        channel.force(true);
    }

    private void writeAt(long start, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest, start + rest.position());
        }
    }
}
