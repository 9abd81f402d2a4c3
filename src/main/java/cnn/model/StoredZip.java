package cnn.model;

import cnn.IoReason;
import cnn.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A zip file of uncompressed entries that has one form only: headers follow from names and contents (no time, no extra
 * fields), entries follow each other without gaps, and there is no comment. So equal contents give equal bytes, and there
 * is no byte whose change would not be seen. PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
 */
final class StoredZip {
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final short VERSION = 10;
    /** The first of January 1980, the earliest day that the format knows. */
    private static final int TIME_AND_DATE = 0x0021_0000;

    private static final int LARGEST_BYTES = 1 << 20;
    private static final long FOUR_GIGABYTES = 0xffff_ffffL;

    private StoredZip() {}

    /**
     * One entry.
     *
     * @param start of its header in the file
     */
    record Entry(String name, long start, long bytes, int crc32) {

        /** Where its content begins. */
        long content() {
            return start + LOCAL_BYTES + name.length();
        }

        long end() {
            return content() + bytes;
        }

        /** What stands before the content. */
        byte[] header() {
            ByteBuffer header = buffer(LOCAL_BYTES + name.length()).putInt(0x04034b50);
            return put(header).put(name.getBytes(StandardCharsets.US_ASCII)).array();
        }

        /** What stands in the directory at the end. */
        private byte[] directoryRecord() {
            ByteBuffer header =
                    buffer(CENTRAL_BYTES + name.length()).putInt(0x02014b50).putShort(VERSION);
            put(header)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(0);
            return header.putInt((int) start)
                    .put(name.getBytes(StandardCharsets.US_ASCII))
                    .array();
        }

        private ByteBuffer put(ByteBuffer header) {
            return header.putShort(VERSION)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(TIME_AND_DATE)
                    .putInt(crc32)
                    .putInt((int) bytes)
                    .putInt((int) bytes)
                    .putShort((short) name.length())
                    .putShort((short) 0);
        }
    }

    /**
     * What stands behind the entries.
     *
     * @throws UserError if the file would be larger than a plain zip can be
     */
    static byte[] directory(List<Entry> entries) {
        long start = entries.get(entries.size() - 1).end();
        if (start > FOUR_GIGABYTES) {
            throw UserError.data("a model file of %,d bytes is more than a zip of 4 GB holds; take a smaller network"
                    .formatted(start));
        }
        List<byte[]> records = entries.stream().map(Entry::directoryRecord).toList();
        int bytes = records.stream().mapToInt(one -> one.length).sum();
        ByteBuffer directory = buffer(bytes + END_BYTES);
        records.forEach(directory::put);
        return directory
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt(bytes)
                .putInt((int) start)
                .putShort((short) 0)
                .array();
    }

    /**
     * The entries of a file, every byte of which is found to be as it was written.
     *
     * @throws UserError of kind WEIGHTS if it is not
     */
    static List<Entry> read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < END_BYTES) {
            throw damaged(file, "it is no zip file");
        }
        ByteBuffer end = bytes(channel, size - END_BYTES, END_BYTES);
        if (end.getInt(0) != 0x06054b50) {
            throw damaged(file, "the end of the zip file is missing");
        }
        long start = end.getInt(16) & FOUR_GIGABYTES;
        long length = size - start;
        if (length < END_BYTES || length > LARGEST_BYTES) {
            throw damaged(file, "the zip file's directory is not where it should be");
        }
        ByteBuffer directory = bytes(channel, start, (int) length);
        List<Entry> entries = entries(directory, start);
        if (entries.isEmpty() || !directory.rewind().equals(ByteBuffer.wrap(directory(entries)))) {
            throw damaged(file, "the zip file's directory is not as cnn writes it");
        }
        for (Entry entry : entries) {
            byte[] header = entry.header();
            if (!bytes(channel, entry.start(), header.length).equals(ByteBuffer.wrap(header))) {
                throw damaged(file, "the header of entry " + entry.name() + " is not as cnn writes it");
            }
            if (crc32(channel, entry) != entry.crc32()) {
                throw damaged(file, "entry " + entry.name() + " differs from its checksum");
            }
        }
        return entries;
    }

    static UserError damaged(Path file, String reason) {
        return UserError.weights(
                "%s: damaged, or no model that `cnn train` wrote (%s); bring back a sound copy or train again"
                        .formatted(file, reason));
    }

    static UserError unreadable(Path file, IOException e) {
        return UserError.weights("cannot read the model %s: %s".formatted(file, IoReason.of(e)), e);
    }

    /** What the directory names, as far as it can be understood; entries lie one behind the other. */
    private static List<Entry> entries(ByteBuffer directory, long directoryStart) {
        List<Entry> entries = new ArrayList<>();
        long start = 0;
        while (start < directoryStart && directory.remaining() >= CENTRAL_BYTES) {
            int at = directory.position();
            int nameLength = directory.getShort(at + 28) & 0xffff;
            if (directory.remaining() < CENTRAL_BYTES + nameLength) {
                return List.of();
            }
            byte[] name = new byte[nameLength];
            directory.position(at + CENTRAL_BYTES).get(name);
            Entry entry = new Entry(
                    new String(name, StandardCharsets.US_ASCII),
                    start,
                    directory.getInt(at + 24) & FOUR_GIGABYTES,
                    directory.getInt(at + 16));
            entries.add(entry);
            start = entry.end();
        }
        return start == directoryStart ? entries : List.of();
    }

    private static int crc32(FileChannel channel, Entry entry) throws IOException {
        CRC32 crc = new CRC32();
        for (long at = entry.content(); at < entry.end(); at += LARGEST_BYTES) {
            crc.update(bytes(channel, at, (int) Math.min(LARGEST_BYTES, entry.end() - at)));
        }
        return (int) crc.getValue();
    }

    /** Bytes of a file; fewer where it ends. */
    private static ByteBuffer bytes(FileChannel channel, long start, int count) throws IOException {
        ByteBuffer bytes = buffer(count);
        while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
            continue;
        }
        return bytes.flip();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
