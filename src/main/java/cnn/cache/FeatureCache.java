package cnn.cache;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Features that have been computed, by what they were computed from; and the hashes of image files.
 *
 * <p>Shared by all processes of all commands, see {@link RecordStore}. Values come back bit by bit as they were put. Any
 * number of threads may use it.
 */
public final class FeatureCache implements AutoCloseable {
    public static final long DEFAULT_LIMIT_BYTES = 10L << 30;

    private static final long HASHES_LIMIT_BYTES = 256L << 20;
    private static final long NANOS_BETWEEN_REFRESHES = 1_000_000_000L;

    private final Path directory;
    private final RecordStore features;
    private final RecordStore hashes;
    private final ContentHashes contentHashes;
    private final Consumer<IOException> unwritable;
    private long lastRefresh = System.nanoTime();
    private volatile boolean keepsNothing;

    /**
     * How much is in a cache.
     *
     * @param features how many images' features
     * @param featureBytes what they take on disk
     * @param files how many files' hashes
     * @param fileBytes what they take on disk
     * @param leastRecentUse of the features that would be deleted first
     */
    public record Info(
            long features, long featureBytes, long files, long fileBytes, Optional<Instant> leastRecentUse) {}

    private FeatureCache(
            Path directory,
            RecordStore features,
            RecordStore hashes,
            boolean verifyContent,
            Consumer<IOException> unwritable) {
        this.directory = directory;
        this.features = features;
        this.hashes = hashes;
        this.unwritable = unwritable;
        this.contentHashes = new ContentHashes(hashes, verifyContent, Clock.systemUTC());
    }

    /**
     * Opens the cache in a directory, which is made if it is not there.
     *
     * @param limitBytes when the features take more, those used least recently are deleted, tens of megabytes at once
     * @param verifyContent read every file to know what is in it, whatever its time and size
     * @param unwritable hears once if nothing more can be written, because the disk is full for one
     * @throws IOException if the directory cannot be used
     */
    public static FeatureCache open(
            Path directory, long limitBytes, boolean verifyContent, Consumer<IOException> unwritable)
            throws IOException {
        // The formats' versions are in the names, so that another version finds nothing rather than nonsense.
        RecordStore features = RecordStore.open(directory.resolve("features-1"), limitBytes);
        RecordStore hashes = RecordStore.open(directory.resolve("files-1"), HASHES_LIMIT_BYTES);
        return new FeatureCache(directory, features, hashes, verifyContent, unwritable);
    }

    /** The features under that key, if they are there and are as many as {@code floats}. */
    public Optional<float[]> get(Sha256 key, int floats) {
        return features.read(key, Math.multiplyExact(floats, Float.BYTES)).map(bytes -> {
            float[] values = new float[floats];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        });
    }

    /**
     * Keeps features. They outlive the process from now on, though not a power cut in the next seconds. After a write that
     * failed nothing more is kept; what is there already can still be had.
     */
    public void put(Sha256 key, float[] values) {
        if (keepsNothing) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        try {
            features.add(key, bytes.array());
        } catch (IOException e) {
            keepsNothing = true;
            unwritable.accept(e);
        }
    }

    /** Takes notice of what other processes have computed meanwhile, once a second at most. */
    public void refresh() {
        long now = System.nanoTime();
        if (now - lastRefresh < NANOS_BETWEEN_REFRESHES) {
            return;
        }
        lastRefresh = now;
        try {
            features.refresh();
        } catch (IOException e) {
            throw UserError.data("cannot read the cache " + directory + ": " + IoReason.of(e), e);
        }
    }

    /** What is known of files' content. */
    public ContentHashes contentHashes() {
        return contentHashes;
    }

    public Info info() {
        try {
            long featureBytes = 0;
            long oldest = Long.MAX_VALUE;
            for (SegmentFolder.Usage usage : features.usage()) {
                featureBytes += usage.bytes();
                oldest = Math.min(oldest, usage.lastUsedMillis());
            }
            long fileBytes = 0;
            for (SegmentFolder.Usage usage : hashes.usage()) {
                fileBytes += usage.bytes();
            }
            Optional<Instant> leastRecent =
                    oldest == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(oldest));
            return new Info(features.size(), featureBytes, hashes.size(), fileBytes, leastRecent);
        } catch (IOException e) {
            throw UserError.data("cannot read the cache " + directory + ": " + IoReason.of(e), e);
        }
    }

    /** Deletes everything that is in the cache; processes that use it meanwhile compute anew. */
    public void clear() {
        try {
            features.clear();
            hashes.clear();
        } catch (IOException e) {
            throw UserError.data("cannot clear the cache " + directory + ": " + IoReason.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            features.close();
            hashes.close();
        } catch (IOException e) {
            if (keepsNothing) {
                return; // told already
            }
            throw UserError.data("cannot close the cache " + directory + ": " + IoReason.of(e), e);
        }
    }
}
