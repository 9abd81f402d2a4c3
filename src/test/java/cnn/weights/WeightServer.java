package cnn.weights;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback address that gives one file, and misbehaves as told: one answer per request. */
final class WeightServer implements AutoCloseable {
    /** How one request is answered. */
    interface Answer {
        void give(HttpExchange exchange, byte[] content) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private byte[] content;

    WeightServer(byte[] content) throws IOException {
        this.content = content;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers for the next requests; afterwards the server behaves well. */
    WeightServer next(Answer... following) {
        answers.addAll(List.of(following));
        return this;
    }

    void replaceContent(byte[] changed) {
        content = changed;
    }

    URI uri(String fileName) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + fileName);
    }

    /** The Range header of each request so far, "-" where there was none. */
    List<String> ranges() {
        return List.copyOf(ranges);
    }

    /** As a good server does: ranges, ETag, If-Range. */
    static void well(HttpExchange exchange, byte[] content) throws IOException {
        send(exchange, content, content.length);
    }

    /**
     * Sends so many bytes of what is asked for, then drops the connection, as the server does with one that fails.
     *
     * <p>After a pause, because a client may lose what it has not read when the connection is dropped.
     */
    static Answer cutAfter(int bytes) {
        return (exchange, content) -> {
            send(exchange, content, bytes);
            pause(bytes == 0 ? 0 : 150);
            throw new IOException("cut on purpose");
        };
    }

    /** Sends so many bytes, then nothing for so long. */
    static Answer stallAfter(int bytes, long milliseconds) {
        return (exchange, content) -> {
            send(exchange, content, bytes);
            pause(milliseconds);
        };
    }

    static Answer slowly(long milliseconds) {
        return (exchange, content) -> {
            pause(milliseconds);
            well(exchange, content);
        };
    }

    /** The whole file whatever is asked for. */
    static void withoutRanges(HttpExchange exchange, byte[] content) throws IOException {
        exchange.getResponseHeaders().add("ETag", etag(content));
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    static Answer status(int status) {
        return (exchange, content) -> exchange.sendResponseHeaders(status, -1);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Answer answer;
        synchronized (answers) {
            ranges.add(range(exchange).orElse("-"));
            answer = answers.isEmpty() ? WeightServer::well : answers.remove();
        }
        exchange.getRequestBody().readAllBytes();
        answer.give(exchange, content);
        exchange.close();
    }

    private static void send(HttpExchange exchange, byte[] content, int bytes) throws IOException {
        int from = from(exchange, content);
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        head(exchange, content, from, content.length - from);
        exchange.getResponseBody().write(content, from, Math.min(bytes, content.length - from));
        exchange.getResponseBody().flush();
    }

    private static void head(HttpExchange exchange, byte[] content, int from, int length) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.add("ETag", etag(content));
        headers.add("x-goog-hash", "md5=" + md5(content));
        boolean part = range(exchange).isPresent() && ifRange(exchange).equals(etag(content));
        if (part) {
            headers.add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(part ? 206 : 200, length);
    }

    private static int from(HttpExchange exchange, byte[] content) {
        return ifRange(exchange).equals(etag(content))
                ? range(exchange)
                        .map(range -> Integer.parseInt(range.replaceAll("[^0-9]", "")))
                        .orElse(0)
                : 0;
    }

    private static Optional<String> range(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
    }

    private static String ifRange(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Range"))
                .orElse("");
    }

    private static String md5(byte[] content) {
        byte[] md5 = HexFormat.of().parseHex(DownloadRig.hash("MD5", content));
        return Base64.getEncoder().encodeToString(md5);
    }

    static String etag(byte[] content) {
        return '"' + Integer.toHexString(Arrays.hashCode(content)) + '"';
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
