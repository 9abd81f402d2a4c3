package cnn.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cnn.UserError;
import cnn.weights.HostileServer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, it ends soon, never gives a wrong file, and with a sound server all is well the next time. */
class HostileDownloadTest {
    private static final byte[] CONTENT = DownloadRig.random(1);
    private static final int SIZE = CONTENT.length;
    private static final byte[] OTHER = DownloadRig.random(2);
    private static final String OK = "HTTP/1.1 200 OK";
    private static final String PART = "HTTP/1.1 206 Partial Content";
    private static final String LENGTH = "Content-Length: " + SIZE;
    private static final String ETAG = "ETag: " + WeightServer.etag(CONTENT);
    private static final String CHUNKED = "Transfer-Encoding: chunked";

    private static final DownloadLimits LIMITS =
            new DownloadLimits(Duration.ofSeconds(2), Duration.ofMillis(250), 1000, 2 * SIZE, Duration.ofMillis(2), 2);

    @TempDir
    private Path home;

    private DownloadRig rig;

    enum Answer {
        REDIRECTS_IN_A_CIRCLE(to -> to.head("HTTP/1.1 302 Found", "Location: /net.h5", "Content-Length: 0")),
        REDIRECTS_TO_NOWHERE(to -> to.head("HTTP/1.1 302 Found", "Content-Length: 0")),
        REDIRECTS_TO_NONSENSE(to -> to.head("HTTP/1.1 302 Found", "Location: :::\\", "Content-Length: 0")),
        STOPS_HALFWAY(to -> to.head(OK, LENGTH, ETAG).body(CONTENT, 0, SIZE / 2)),
        STOPS_HALFWAY_WITHOUT_A_LENGTH(to -> to.head(OK, "Connection: close").body(CONTENT, 0, SIZE / 2)),
        TELLS_TOO_SMALL_A_LENGTH(to -> to.head(OK, "Content-Length: 1000", ETAG).body(CONTENT, 0, SIZE)),
        TELLS_TOO_LARGE_A_LENGTH(
                to -> to.head(OK, "Content-Length: " + (SIZE + 1)).body(CONTENT, 0, SIZE)),
        TELLS_A_HUGE_LENGTH(to -> to.head(OK, "Content-Length: 99999999999999").body(CONTENT, 0, SIZE)),
        TELLS_A_NEGATIVE_LENGTH(to -> to.head(OK, "Content-Length: -5").body(CONTENT, 0, SIZE)),
        TELLS_A_LENGTH_OF_WORDS(to -> to.head(OK, "Content-Length: many").body(CONTENT, 0, SIZE)),
        TELLS_TWO_LENGTHS(to -> to.head(OK, LENGTH, "Content-Length: 7").body(CONTENT, 0, SIZE)),
        COMPRESSES(to -> to.head(OK, LENGTH, "Content-Encoding: gzip").body(CONTENT, 0, SIZE)),
        GIVES_A_PART_UNASKED(to -> to.head(PART, "Content-Length: 100", "Content-Range: bytes 0-99/" + SIZE)
                .body(CONTENT, 0, 100)),
        GIVES_ANOTHER_PART(to -> {
            if (to.range().isEmpty()) {
                to.head(OK, LENGTH, ETAG).body(CONTENT, 0, SIZE / 2);
            } else {
                to.head(PART, "Content-Length: 100", ETAG, "Content-Range: bytes 7-106/" + SIZE)
                        .body(CONTENT, 7, 107);
            }
        }),
        GIVES_A_PART_OF_ANOTHER_FILE(to -> {
            if (to.range().isEmpty()) {
                to.head(OK, LENGTH, ETAG).body(CONTENT, 0, SIZE / 2);
            } else {
                int from = Integer.parseInt(to.range().get().replaceAll("\\D", ""));
                to.head(
                                PART,
                                "Content-Length: " + (SIZE - from),
                                "Content-Range: bytes %d-%d/%d".formatted(from, SIZE - 1, SIZE))
                        .body(OTHER, from, SIZE);
            }
        }),
        GIVES_A_PART_WITHOUT_SAYING_WHICH(to -> to.head(PART, LENGTH).body(CONTENT, 0, SIZE)),
        REFUSES_RANGES_WITHOUT_BEING_ASKED(to -> to.head("HTTP/1.1 416 Range Not Satisfiable", "Content-Length: 0")),
        GIVES_A_WEB_PAGE(to -> to.head(OK, "Content-Type: text/html", "Connection: close")
                .body("<html>Please log in</html>".getBytes(StandardCharsets.UTF_8), 0, 26)),
        GIVES_NOTHING(to -> to.head(OK, "Content-Length: 0")),
        GIVES_NO_CONTENT(to -> to.head("HTTP/1.1 204 No Content")),
        ASKS_FOR_A_PASSWORD(to -> to.head("HTTP/1.1 401 Unauthorized", "Content-Length: 0")),
        IS_ALWAYS_OVERLOADED(to -> to.head("HTTP/1.1 503 Service Unavailable", "Content-Length: 0")),
        NEVER_ENDS(to -> to.head(OK, "Connection: close").body(CONTENT, 0, SIZE).endlessly("x".repeat(65536), 0)),
        NEVER_ENDS_IN_CHUNKS(to -> to.head(OK, CHUNKED).endlessly("10000\r\n" + "x".repeat(65536) + "\r\n", 0)),
        GIVES_NONSENSE_FOR_CHUNKS(
                to -> to.head(OK, CHUNKED).body("zzz\r\nwhat?\r\n".getBytes(StandardCharsets.UTF_8), 0, 12)),
        DRIPS(to -> to.head(OK, LENGTH, ETAG).endlessly("x", 5)),
        DRIPS_HEADERS(to -> {
            to.out().write((OK + "\r\n").getBytes(StandardCharsets.UTF_8));
            to.endlessly("X: y\r\n", 5);
        }),
        DRIPS_A_STATUS_LINE(to -> to.endlessly("H", 5)),
        SAYS_NOTHING(to -> Thread.sleep(3000)),
        HANGS_UP(to -> to.reset()),
        HANGS_UP_HALFWAY(to -> {
            to.head(OK, LENGTH, ETAG).body(CONTENT, 0, SIZE / 2);
            to.reset();
        }),
        SPEAKS_ANOTHER_PROTOCOL(to -> to.head("SSH-2.0-OpenSSH_9.6")),
        CHANGES_ALL_THE_TIME(
                to -> to.head(OK, LENGTH, "ETag: \"" + to.number() + "\"").body(CONTENT, 0, 300_000)),
        NAMES_AN_EDITION_THAT_CANNOT_BE_NOTED(
                to -> to.head(OK, LENGTH, "ETag: \"\u00ff\u0001\"").body(CONTENT, 0, 300_000)),
        TELLS_A_HASH_THAT_IS_NONE(
                to -> to.head(OK, LENGTH, "x-goog-hash: md5=!!!!, crc32c=").body(CONTENT, 0, SIZE)),
        TELLS_ANOTHER_HASH(to ->
                to.head(OK, LENGTH, "x-goog-hash: md5=AAAAAAAAAAAAAAAAAAAAAA==").body(CONTENT, 0, SIZE));

        private final Script script;

        Answer(Script script) {
            this.script = script;
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        rig = new DownloadRig(home);
    }

    @AfterEach
    void stopServer() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource
    void endsSoonAndHealsTheNextTime(Answer answer) throws IOException {
        try (HostileServer hostile = new HostileServer(answer.script)) {
            PublishedFile file = new PublishedFile("net.h5", hostile.uri("net.h5"), List.of());
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> requireOrRefuse(file));
        }
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(3L * SIZE);
        rig.assertDownloaded();
    }

    /** A part that is whole, or longer than that, and a server that tells no size and drops what asks for more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500})
    void healsWhereRequestsBeyondTheEndAreDropped(int more) throws IOException {
        Path part = Files.createDirectories(rig.models()).resolve(".net.h5.part");
        Files.write(part, Arrays.copyOf(OTHER, SIZE + more));
        Files.writeString(part.resolveSibling(".net.h5.part.edition"), WeightServer.etag(CONTENT));
        Script dropping = to -> {
            if (to.range().isPresent()) {
                to.reset();
            } else {
                to.head(OK, ETAG, "Connection: close").body(CONTENT, 0, SIZE);
            }
        };
        try (HostileServer hostile = new HostileServer(dropping)) {
            PublishedFile file = new PublishedFile("net.h5", hostile.uri("net.h5"), List.of());
            assertThat(rig.store(LIMITS).require(file).path()).hasBinaryContent(CONTENT);
        }
    }

    private void requireOrRefuse(PublishedFile file) {
        try {
            assertThat(rig.store(LIMITS).require(file).path()).hasBinaryContent(CONTENT);
        } catch (UserError e) {
            assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS);
            assertThat(e.getMessage()).startsWith("cannot download net.h5 (");
            assertThat(rig.models().resolve("net.h5")).doesNotExist();
        }
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(rig.models())) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }
}
