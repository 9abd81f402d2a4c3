package cnn.cache;

import cnn.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers the SHA-256 of files, so that an unchanged file need not be read to know what is in it.
 *
 * <p>A hash is recalled for the same path with the same {@link FileStamp} only, and neither remembered nor recalled where
 * the last change is less than two seconds ago: a second change might have left the same stamp then.
 */
public final class ContentHashes {

    /** How a file is read. */
    public interface Reading<E extends Exception> {
        byte[] read(Path file) throws E;
    }

    /**
     * What was in a file.
     *
     * @param bytes not copied
     * @param hash of the bytes
     */
    public record Content(byte[] bytes, Sha256 hash) {}

    private final Optional<RecordStore> store;
    private final boolean verify;
    private final Clock clock;

    private ContentHashes(Optional<RecordStore> store, boolean verify, Clock clock) {
        this.store = store;
        this.verify = verify;
        this.clock = clock;
    }

    public ContentHashes(RecordStore store, boolean verify, Clock clock) {
        this(Optional.of(store), verify, clock);
    }

    /** Hashes that remember nothing. */
    public static ContentHashes forgetful() {
        return new ContentHashes(Optional.empty(), true, Clock.systemUTC());
    }

    /** The hash of what is in the file, if that is known without reading it. */
    public Optional<Sha256> recall(Path file) {
        if (verify || store.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileStamp stamp = FileStamp.of(file);
            return stamp.isSettled(clock.instant())
                    ? store.get().read(stamp.key(file), Sha256.BYTES).map(bytes -> Sha256.read(ByteBuffer.wrap(bytes)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // whoever reads the file finds out why
        }
    }

    /** The hash of what is in the file, which is read if that is not known. */
    public Sha256 of(Path file) throws IOException {
        Optional<Sha256> known = recall(file);
        return known.isPresent() ? known.get() : read(file, Files::readAllBytes).hash();
    }

    /**
     * Reads a file, and remembers the hash of what was read if the file did not change meanwhile.
     *
     * @throws E what {@code reading} throws
     */
    public <E extends Exception> Content read(Path file, Reading<E> reading) throws E {
        Instant start = clock.instant();
        Optional<FileStamp> before = stamp(file);
        byte[] bytes = reading.read(file);
        Sha256 hash = Sha256.of(bytes);
        if (before.isPresent() && before.get().isSettled(start) && before.equals(stamp(file))) {
            remember(before.get().key(file), hash);
        }
        return new Content(bytes, hash);
    }

    private void remember(Sha256 key, Sha256 hash) {
        ByteBuffer bytes = ByteBuffer.allocate(Sha256.BYTES);
        hash.write(bytes);
        try {
            if (store.isPresent() && store.get().read(key, Sha256.BYTES).isEmpty()) {
                store.get().add(key, bytes.array());
            }
        } catch (IOException e) {
            return; // the file is read again next time; a full disk shows when features are kept
        }
    }

    private static Optional<FileStamp> stamp(Path file) {
        try {
            return Optional.of(FileStamp.of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
