package cnn.weights;

import cnn.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings a published file into a part file, from where an earlier attempt stopped.
 *
 * <p>Beside the part lies its {@link Edition}, so that parts of two editions are never joined; without that, or if the
 * server does not give ranges, it starts over. So it does with a part that another process left, where the whole could be
 * checked by nothing. The only class that touches the HTTP client, whose loading costs more than classifying an image.
 */
final class Download {
    private static final int BUFFER_BYTES = 1 << 16;

    /** A failure that another attempt would not mend. */
    private static final class Final extends IOException {
        private static final long serialVersionUID = 1L;

        Final(String message) {
            super(message);
        }
    }

    private final PublishedFile file;
    private final Optional<PublishedBytes> published;
    private final Path part;
    private final Path edition;
    private final FetchListener listener;
    private final DownloadLimits limits;
    private final HttpClient client;
    private boolean answered;
    private boolean begunHere;
    /** Attempts in a row that asked for the rest and got no answer. */
    private int unansweredRests;

    /** @param part where the bytes go; another file with ".edition" appended may appear beside it */
    Download(PublishedFile file, Path part, FetchListener listener, DownloadLimits limits) {
        this.file = file;
        this.published = PublishedBytes.of(file.fileName());
        this.part = part;
        this.edition = part.resolveSibling(part.getFileName() + ".edition");
        this.listener = listener;
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(limits.connect())
                .build();
    }

    /**
     * Runs until the part file is whole. Where the server does not even answer what asks for the rest, the last attempt asks
     * for all of it: some drop a request for what is beyond the end.
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
                idle = here >= furthest + limits.leastBytes() ? 0 : idle + 1;
                furthest = Math.max(furthest, here);
                boolean nobodyThere = e instanceof ConnectException && !answered;
                if (nobodyThere || idle >= limits.idleAttempts()) {
                    throw e;
                }
            }
            Thread.sleep(limits.firstPause().toMillis() << idle);
        }
    }

    /** Deletes what came. */
    void discard() throws IOException {
        Files.deleteIfExists(edition);
        Files.deleteIfExists(part);
    }

    private Optional<String> attempt() throws IOException, InterruptedException {
        Optional<Edition> known = Edition.read(edition);
        long here = known.isPresent() && partBytes() <= mostBytes() && !isRestDropped() ? partBytes() : 0;
        HttpRequest.Builder request = HttpRequest.newBuilder(file.uri()).timeout(limits.stall());
        if (here > 0) {
            request.header("Range", "bytes=" + here + "-")
                    .header("If-Range", known.get().name());
        }
        unansweredRests += here > 0 ? 1 : 0;
        HttpResponse<InputStream> response = send(request.build());
        unansweredRests = 0;
        answered = true;
        ServerAnswer sent = new ServerAnswer(response.headers());
        try (InputStream body = response.body()) {
            sent.requirePlain();
            long length = sent.length().orElse(-1);
            switch (response.statusCode()) {
                case 200 -> {
                    requireRoom(length);
                    requirePossible(length);
                    discard();
                    begunHere = true;
                    Optional<Edition> now = sent.edition();
                    if (now.isPresent()) {
                        now.get().write(edition);
                    }
                    append(body, 0, length);
                }
                case 206 -> append(body, here, continued(sent, here, known));
                case 416 -> {
                    discard();
                    throw new IOException("the server has less than what came before");
                }
                case 408, 429, 500, 502, 503, 504 -> throw new IOException("HTTP status " + response.statusCode());
                default -> throw new Final("HTTP status " + response.statusCode());
            }
        }
        Files.deleteIfExists(edition);
        return sent.md5();
    }

    private boolean isRestDropped() {
        return unansweredRests > 0 && unansweredRests >= limits.idleAttempts() - 1;
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) { // what the client makes of a header that it cannot parse
            throw new IOException("the server's answer makes no sense: " + e.getMessage(), e);
        }
    }

    private void append(InputStream body, long from, long total) throws IOException {
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                StallWatch watch = StallWatch.over(body, limits.stall(), limits.leastBytes())) {
            out.truncate(from).position(from);
            byte[] buffer = new byte[BUFFER_BYTES];
            long done = from;
            while (true) {
                listener.progress(file.fileName(), done, total);
                int read = read(body, buffer, watch);
                if (read < 0) {
                    break;
                }
                watch.moved(read);
                write(out, ByteBuffer.wrap(buffer, 0, read));
                done += read;
                requirePossible(done);
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

    /** The size of the whole file that an answer with its rest tells; such an answer must begin where the part ends. */
    private long continued(ServerAnswer sent, long here, Optional<Edition> known) throws IOException {
        OptionalLong size = sent.sizeWhereRestFrom(here);
        if (size.isEmpty() || known.isEmpty() || !known.get().isOf(sent.headers())) {
            discard();
            throw new IOException("the file changed at the server while it was downloaded");
        }
        boolean canBeChecked =
                published.isPresent() || !file.hashes().isEmpty() || sent.md5().isPresent();
        if (!begunHere && !canBeChecked) {
            discard();
            throw new IOException("nothing tells whether what came before is sound");
        }
        requireRoom(size.getAsLong() - here);
        requirePossible(size.getAsLong());
        return size.getAsLong();
    }

    /** Refuses sizes that the file cannot have, before they fill the disk. */
    private void requirePossible(long bytes) throws IOException {
        if (bytes > mostBytes()) {
            discard();
            throw new Final("the server sends more than the " + mostBytes() + " bytes that the file can have");
        }
    }

    private long mostBytes() {
        return published
                .flatMap(known -> known.sizeBytes().stream().boxed().findFirst())
                .orElse(limits.mostBytes());
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
}
