package cnn.zoo;

import cnn.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Brings a published file into a part file, from where an earlier attempt stopped.
 *
 * <p>Beside the part lies what the server called that edition of the file (its ETag, else its date), so that parts of
 * two editions are never joined; without that, or if the server does not give ranges, it starts over. The only class
 * that touches the HTTP client, whose loading costs more than classifying an image.
 */
final class Download {
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * How patient a download is.
     *
     * @param stall how long nothing may come
     * @param firstPause before the second attempt; doubled each time
     * @param idleAttempts attempts in a row that get no further, after which it is given up
     */
    record Patience(Duration connect, Duration stall, Duration firstPause, int idleAttempts) {
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofMillis(500), 5);
    }

    /** A failure that another attempt would not mend. */
    private static final class Final extends IOException {
        private static final long serialVersionUID = 1L;

        Final(String message) {
            super(message);
        }
    }

    private final PublishedFile file;
    private final Path part;
    private final Path edition;
    private final FetchListener listener;
    private final Patience patience;
    private final HttpClient client;
    private boolean answered;

    /** @param part where the bytes go; another file with ".edition" appended may appear beside it */
    Download(PublishedFile file, Path part, FetchListener listener, Patience patience) {
        this.file = file;
        this.part = part;
        this.edition = part.resolveSibling(part.getFileName() + ".edition");
        this.listener = listener;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience.connect())
                .build();
    }

    /**
     * Runs until the part file is whole.
     *
     * @return the md5 that the server gives for the file, if it gives one
     * @throws IOException if it cannot be had; what came so far stays for the next time
     */
    Optional<String> run() throws IOException, InterruptedException {
        long furthest = partBytes();
        int idle = 0;
        while (true) {
            try {
                return attempt();
            } catch (Final e) {
                throw e;
            } catch (IOException e) {
                long here = partBytes();
                idle = here > furthest ? 0 : idle + 1;
                furthest = Math.max(furthest, here);
                boolean nobodyThere = e instanceof ConnectException && !answered;
                if (nobodyThere || idle >= patience.idleAttempts()) {
                    throw e;
                }
            }
            Thread.sleep(patience.firstPause().toMillis() << idle);
        }
    }

    /** Deletes what came. */
    void discard() throws IOException {
        Files.deleteIfExists(edition);
        Files.deleteIfExists(part);
    }

    private Optional<String> attempt() throws IOException, InterruptedException {
        Optional<String> known = Files.exists(edition) ? Optional.of(Files.readString(edition)) : Optional.empty();
        long here = known.isPresent() ? partBytes() : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(file.uri()).timeout(patience.stall());
        if (here > 0) {
            request.header("Range", "bytes=" + here + "-").header("If-Range", known.get());
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        answered = true;
        try (InputStream body = response.body()) {
            long length = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            switch (response.statusCode()) {
                case 200 -> {
                    discard();
                    Optional<String> sent = edition(response.headers());
                    if (sent.isPresent()) {
                        Files.writeString(edition, sent.get());
                    }
                    append(body, 0, length);
                }
                case 206 -> {
                    if (!continues(response.headers(), here, known)) {
                        discard();
                        throw new IOException("the file changed at the server while it was downloaded");
                    }
                    append(body, here, length < 0 ? -1 : here + length);
                }
                case 416 -> {
                    discard();
                    throw new IOException("the server has less than what came before");
                }
                case 408, 429, 500, 502, 503, 504 -> throw new IOException("HTTP status " + response.statusCode());
                default -> throw new Final("HTTP status " + response.statusCode());
            }
        }
        Files.deleteIfExists(edition);
        return md5(response.headers());
    }

    private void append(InputStream body, long from, long total) throws IOException {
        requireRoom(total - from);
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                StallWatch watch = StallWatch.over(body, patience.stall())) {
            out.truncate(from).position(from);
            byte[] buffer = new byte[BUFFER_BYTES];
            long done = from;
            while (true) {
                listener.progress(file.fileName(), done, total);
                int read = read(body, buffer, watch);
                if (read < 0) {
                    break;
                }
                watch.moved();
                write(out, ByteBuffer.wrap(buffer, 0, read));
                done += read;
            }
            if (total >= 0 && done != total) {
                throw new IOException("the connection ended after " + done + " of " + total + " bytes");
            }
            out.force(true);
        }
    }

    private static int read(InputStream body, byte[] buffer, StallWatch watch) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw watch.explain(e);
        }
    }

    private void write(FileChannel out, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new Final("cannot write " + part + ", which is kept to go on from: " + IoReason.of(e));
        }
    }

    private void requireRoom(long bytes) throws IOException {
        long room = Files.getFileStore(part.getParent()).getUsableSpace();
        if (bytes > room) {
            throw new Final("it needs " + bytes + " bytes, and " + part.getParent() + " has room for " + room);
        }
    }

    private long partBytes() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private static boolean continues(HttpHeaders sent, long here, Optional<String> known) {
        boolean sameEdition =
                edition(sent).map(now -> known.equals(Optional.of(now))).orElse(true);
        return sameEdition && sent.firstValue("Content-Range").orElse("").startsWith("bytes " + here + "-");
    }

    /** A strong ETag, else the date: the two that the If-Range header takes. */
    private static Optional<String> edition(HttpHeaders sent) {
        return sent.firstValue("ETag").filter(tag -> tag.startsWith("\"")).or(() -> sent.firstValue("Last-Modified"));
    }

    /** Google's storage, where Keras's files lie, tells the md5 of the whole file: "x-goog-hash: md5=BASE64". */
    private static Optional<String> md5(HttpHeaders sent) {
        return sent.allValues("x-goog-hash").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(hash -> hash.startsWith("md5="))
                .map(hash -> HexFormat.of().formatHex(Base64.getDecoder().decode(hash.substring(4))))
                .findFirst();
    }
}
