package cnn.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * What was recorded of one weight file, and its form on disk: lines of a word and a value, the last of which holds a
 * checksum of those before it.
 *
 * @param firstUse when the file was recorded first, to the millisecond; on disk as milliseconds since 1970, because to
 *     parse a date would take longer than to checksum a network
 * @param stamp what the file system said of it when its bytes were last read in full
 */
record LedgerEntry(Instant firstUse, Stamp stamp, Fingerprint fingerprint) {
    private static final String TITLE = "cnn-checksums 1";
    /** With their blanks: the first concatenation of a process costs 20 ms, and this is read at each start. */
    private static final List<String> WORDS =
            List.of("first-use-ms ", "size ", "modified-ns ", "file-key ", "sha256 ", "md5 ", "crc32c ", "check ");

    /**
     * What the file system says of a file; as long as it stays the same the file was probably not touched.
     *
     * @param modifiedNs time of the last modification, nanoseconds since 1970
     * @param fileKey device and inode, "-" where the file system has none
     */
    record Stamp(long sizeBytes, long modifiedNs, String fileKey) {
        /** What a record's own equals says, without the 30 ms that its first call costs each start. */
        boolean isSame(Stamp other) {
            return sizeBytes == other.sizeBytes && modifiedNs == other.modifiedNs && fileKey.equals(other.fileKey);
        }

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            String key = found.fileKey() == null ? "-" : found.fileKey().toString();
            return new Stamp(found.size(), found.lastModifiedTime().to(TimeUnit.NANOSECONDS), key);
        }
    }

    String format() {
        List<String> crc32cs =
                fingerprint.crc32cs().stream().map(HexFormat.of()::toHexDigits).toList();
        String text = String.join(
                "\n",
                TITLE,
                "first-use-ms " + firstUse.toEpochMilli(),
                "size " + stamp.sizeBytes(),
                "modified-ns " + stamp.modifiedNs(),
                "file-key " + stamp.fileKey(),
                "sha256 " + fingerprint.sha256(),
                "md5 " + fingerprint.md5(),
                "crc32c " + String.join(" ", crc32cs),
                "check ");
        return text + check(text) + "\n";
    }

    /** The entry that {@link #format} wrote, or empty if the text is anything else. */
    static Optional<LedgerEntry> parse(String text) {
        int check = text.lastIndexOf("check ") + 6;
        if (check < 6
                || text.length() != check + 9
                || !text.startsWith(check(text.substring(0, check)), check)
                || !text.endsWith("\n")) {
            return Optional.empty();
        }
        String[] lines = text.split("\n");
        if (lines.length != WORDS.size() + 1 || !lines[0].equals(TITLE)) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            if (!lines[i + 1].startsWith(WORDS.get(i))) {
                return Optional.empty();
            }
            values.add(lines[i + 1].substring(WORDS.get(i).length()));
        }
        return ofValues(values);
    }

    private static Optional<LedgerEntry> ofValues(List<String> values) {
        try {
            Stamp stamp = new Stamp(Long.parseLong(values.get(1)), Long.parseLong(values.get(2)), values.get(3));
            List<Integer> crc32cs = new ArrayList<>();
            for (String word : values.get(6).split(" ")) {
                if (!word.isEmpty()) { // an empty file has none
                    crc32cs.add(HexFormat.fromHexDigits(word));
                }
            }
            return Optional.of(new LedgerEntry(
                    Instant.ofEpochMilli(Long.parseLong(values.get(0))),
                    stamp,
                    new Fingerprint(stamp.sizeBytes(), values.get(4), values.get(5), crc32cs)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String check(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
