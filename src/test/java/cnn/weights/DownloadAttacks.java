package cnn.weights;

import cnn.UserError;
import cnn.weights.WeightServer.Answer;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server of weights that lies, stalls or floods, and a folder of downloads in which somebody else was before. */
public final class DownloadAttacks {
    private static final int REQUESTS = 60;
    private static final int SECONDS = 60;
    private static final byte[] OTHER = DownloadRig.random(99);
    private static final Map<String, Answer> ANSWERS = answers();
    private static final Map<String, Plant> PLANTS = plants();

    /** What lies in the folder of downloads before. */
    private interface Plant {
        void in(DownloadRig rig, Path part) throws IOException;
    }

    private DownloadAttacks() {}

    public static List<String> cases() {
        List<String> names = new ArrayList<>(ANSWERS.keySet());
        names.addAll(PLANTS.keySet());
        return names;
    }

    /** Downloads while the server is hostile, then when it is not any more; gives what went wrong. */
    public static List<String> attack(String name, Path folder) {
        List<String> wrong = new ArrayList<>();
        AtomicBoolean hostile = new AtomicBoolean(true);
        try (DownloadRig rig = new DownloadRig(Files.createTempDirectory(folder, "home"))) {
            Answer bad = ANSWERS.getOrDefault(name, WeightServer::well);
            Answer gated =
                    (exchange, content) -> (hostile.get() ? bad : (Answer) WeightServer::well).give(exchange, content);
            rig.server().next(Collections.nCopies(REQUESTS, gated).toArray(Answer[]::new));
            Files.createDirectories(rig.models());
            if (PLANTS.containsKey(name)) {
                PLANTS.get(name).in(rig, rig.models().resolve(".net.h5.part"));
            }
            required(rig)
                    .filter(end -> !end.equals("refused"))
                    .ifPresent(end -> wrong.add("with the hostile server: " + end));
            hostile.set(false);
            required(rig).ifPresent(end -> wrong.add("with a good server afterwards: " + end));
            List<String> left = rig.names().stream()
                    .filter(file -> !List.of("net.h5", ".net.h5.lock").contains(file))
                    .toList();
            if (!left.isEmpty()) {
                wrong.add("left behind: " + left);
            }
        } catch (IOException e) {
            wrong.add("the attack itself failed: " + e);
        }
        return wrong;
    }

    /** Nothing if the right file came, {@code refused} if a line says why it did not; else what happened. */
    private static Optional<String> required(DownloadRig rig) throws IOException {
        FutureTask<VerifiedFile> task =
                new FutureTask<>(() -> rig.store().require(rig.file(DownloadRig.hash("MD5", rig.content()))));
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        Path target = rig.models().resolve("net.h5");
        try {
            task.get(SECONDS, TimeUnit.SECONDS);
            return Arrays.equals(Files.readAllBytes(target), rig.content())
                    ? Optional.empty()
                    : Optional.of("wrong bytes accepted");
        } catch (ExecutionException e) {
            if (Files.exists(target)) {
                return Optional.of("wrong bytes in place");
            }
            return Optional.of(e.getCause() instanceof UserError ? "refused" : "threw " + e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            return Optional.of("no end after %d s".formatted(SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Answer> answers() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (int status : new int[] {204, 301, 401, 403, 404, 416, 429, 500, 503, 999}) {
            answers.put("status " + status, WeightServer.status(status));
        }
        answers.put(
                "redirects to itself",
                (exchange, content) ->
                        redirect(exchange, exchange.getRequestURI().toString()));
        answers.put("redirects to a file", (exchange, content) -> redirect(exchange, "file:///etc/passwd"));
        answers.put("redirects to nonsense", (exchange, content) -> redirect(exchange, "ht tp://[::"));
        answers.put("an empty body", (exchange, content) -> exchange.sendResponseHeaders(200, -1));
        answers.put("another file", (exchange, content) -> whole(exchange, OTHER));
        answers.put(
                "a page of a hotel",
                (exchange, content) -> whole(exchange, "<html>log in</html>".getBytes(StandardCharsets.UTF_8)));
        answers.put(
                "one byte too many",
                (exchange, content) -> whole(exchange, Arrays.copyOf(content, content.length + 1)));
        answers.put(
                "one byte too few", (exchange, content) -> whole(exchange, Arrays.copyOf(content, content.length - 1)));
        answers.put("a flood", (exchange, content) -> flood(exchange, 200_000_000));
        answers.put("declares too much", (exchange, content) -> exchange.sendResponseHeaders(200, Long.MAX_VALUE / 2));
        answers.put("stalls", WeightServer.stallAfter(1000, 2000));
        answers.put("cuts after nothing", WeightServer.cutAfter(0));
        answers.put("a byte at a time", DownloadAttacks::drip);
        answers.put("a hash that is not base64", hash("md5=***"));
        answers.put("a hash of another length", hash("md5=AAAA"));
        answers.put("a hash of another file", hash("md5=" + Base64.getEncoder().encodeToString(new byte[16])));
        answers.put("an empty hash", hash("md5="));
        answers.put("a range that nobody asked for", (exchange, content) -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 500000-999999/1000000");
            exchange.sendResponseHeaders(206, 500_000);
            exchange.getResponseBody().write(content, 500_000, 500_000);
        });
        answers.put("a range of nonsense", (exchange, content) -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes ?-?/*");
            exchange.sendResponseHeaders(206, content.length);
            exchange.getResponseBody().write(content);
        });
        answers.put("an edition of 100,000 letters", (exchange, content) -> {
            exchange.getResponseHeaders().add("ETag", '"' + "x".repeat(100_000) + '"');
            cut(exchange, content);
        });
        answers.put("an edition beyond ASCII", (exchange, content) -> {
            exchange.getResponseHeaders().add("ETag", "\"\u00e9\u00ff\"");
            cut(exchange, content);
        });
        return answers;
    }

    private static Map<String, Plant> plants() {
        Map<String, Plant> plants = new LinkedHashMap<>();
        plants.put("a part of no edition", (rig, part) -> Files.write(part, OTHER));
        for (String edition :
                List.of("", "\n", "a\nb", "\"a\"\r\nX-Injected: 1", "\"other\"", "\"" + "x".repeat(100_000) + "\"")) {
            plants.put(
                    "a part of edition "
                            + edition.strip().replaceAll("\\s+", " ").replaceAll("x{9,}", "xxx"),
                    (rig, part) -> edition(part, edition.getBytes(StandardCharsets.UTF_8)));
        }
        plants.put(
                "an edition that is not UTF-8",
                (rig, part) -> edition(part, new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'}));
        plants.put(
                "a part of the right edition, of wrong bytes",
                (rig, part) -> edition(part, WeightServer.etag(rig.content()).getBytes(StandardCharsets.UTF_8)));
        plants.put("a part that is longer than the file", (rig, part) -> ofTheRightEdition(rig, part, 1));
        plants.put(
                "a part that is longer than any file",
                (rig, part) -> ofTheRightEdition(rig, part, 3 * DownloadRig.SIZE));
        plants.put("an edition that is a folder", (rig, part) -> Files.createDirectory(beside(part)));
        plants.put("a part that is a folder", (rig, part) -> Files.createDirectory(part));
        return plants;
    }

    private static Path beside(Path part) {
        return part.resolveSibling(part.getFileName() + ".edition");
    }

    private static void edition(Path part, byte[] edition) throws IOException {
        Files.write(part, Arrays.copyOf(OTHER, DownloadRig.SIZE / 3));
        Files.write(beside(part), edition);
    }

    private static void ofTheRightEdition(DownloadRig rig, Path part, int tooMany) throws IOException {
        edition(part, WeightServer.etag(rig.content()).getBytes(StandardCharsets.UTF_8));
        Files.write(part, new byte[DownloadRig.SIZE + tooMany]);
    }

    private static Answer hash(String value) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().add("x-goog-hash", value);
            whole(exchange, content);
        };
    }

    private static void whole(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    private static void cut(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content, 0, 10_000);
        throw new IOException("cut on purpose");
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().add("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    private static void flood(HttpExchange exchange, long bytes) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        for (long sent = 0; sent < bytes; sent += OTHER.length) {
            body.write(OTHER);
        }
    }

    /** Slow, but never so slow that it counts as a stall; ends after some seconds. */
    private static void drip(HttpExchange exchange, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, content.length);
        for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(content, i, 1);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
