package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A server that publishes {@code net.h5}, and stores that bring it into a home, with little patience. */
final class DownloadRig implements AutoCloseable, FetchListener {
    static final int SIZE = 1_000_000;
    static final Duration STALL = Duration.ofMillis(700);

    private final Path home;
    private final byte[] content = random(1);
    private final WeightServer server = new WeightServer(content);
    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> progress = Collections.synchronizedList(new ArrayList<>());

    DownloadRig(Path home) throws IOException {
        this.home = home;
    }

    WeightServer server() {
        return server;
    }

    byte[] content() {
        return content;
    }

    /** What the stores noted. */
    List<String> notes() {
        return notes;
    }

    /** The bytes done that the stores reported. */
    List<Long> progress() {
        return progress;
    }

    PublishedFile file(String... md5s) {
        return new PublishedFile("net.h5", server.uri("net.h5"), List.of(md5s));
    }

    Path models() {
        return home.resolve(".cnn").resolve("models");
    }

    /** The names of all files beside the downloaded one. */
    List<String> names() {
        try (Stream<Path> files = Files.list(models())) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A new store, as a new process would have it. */
    WeightStore store() {
        DownloadLimits limits =
                new DownloadLimits(Duration.ofSeconds(5), STALL, 1000, 2 * SIZE, Duration.ofMillis(5), 3);
        return store(limits);
    }

    WeightStore store(DownloadLimits limits) {
        ChecksumLedger ledger = new ChecksumLedger(home.resolve(".cnn").resolve("checksums"), this);
        return new WeightStore(List.of(models()), models(), false, ledger, this, limits);
    }

    /** A new process that requires the file, with the usual patience. */
    Process process() throws IOException {
        return RequireOnce.start(home, "net.h5", server.uri("net.h5"));
    }

    void assertDownloaded() {
        assertThat(store().require(file()).path()).hasBinaryContent(content);
    }

    @Override
    public void progress(String fileName, long doneBytes, long totalBytes) {
        progress.add(doneBytes);
    }

    @Override
    public void note(String line) {
        notes.add(line);
    }

    /** Noise behind the superblock of an HDF5 file. */
    static byte[] random(long seed) {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0, 8, 8, 0})
                .putLong(40, SIZE);
        return bytes;
    }

    static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
