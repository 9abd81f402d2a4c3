package cnn.weights;

import cnn.IoReason;
import cnn.files.PartFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files of a {@link ChecksumLedger}: one for each weight file, and one more for what is known of it as the user's own.
 *
 * @param directory where they are; made when needed
 */
record LedgerFiles(Path directory, FetchListener listener) {

    /** What an entry says, understood or not. */
    Optional<String> recorded(Path entry) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try {
            // ISO 8859-1 takes any bytes, and what is not ASCII fails the entry's own checksum.
            return Optional.of(Files.readString(entry, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            listener.note("cannot read the recorded checksum " + entry + ": " + IoReason.of(e));
            return Optional.empty();
        }
    }

    /** Writes an entry; where that cannot be, the listener hears of it. */
    void record(Path place, LedgerEntry entry) {
        try {
            write(place, entry);
        } catch (IOException e) {
            listener.cannotKeep(e);
        }
    }

    void write(Path place, LedgerEntry entry) throws IOException {
        Files.createDirectories(directory);
        try (PartFile part = PartFile.beside(place)) {
            part.write(entry.format().getBytes(StandardCharsets.ISO_8859_1));
            part.channel().force(true);
            part.moveTo(place);
        }
    }

    void forget(Path real) {
        for (Path entry : List.of(entry(real), ownEntry(real))) {
            try {
                Files.deleteIfExists(entry);
            } catch (IOException e) {
                listener.note("cannot delete " + entry + ": " + IoReason.of(e));
            }
        }
    }

    /** Named by the 64-bit FNV-1a hash of the path: a cryptographic hash would cost each start 15 ms to load. */
    Path entry(Path real) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : real.toUri().toString().getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * 0x100000001b3L;
        }
        return directory.resolve(HexFormat.of().toHexDigits(hash));
    }

    /** For a file that may change as its owner likes. */
    Path ownEntry(Path real) {
        return directory.resolve(entry(real).getFileName() + "-own");
    }
}
