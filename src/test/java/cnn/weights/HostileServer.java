package cnn.weights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback address that answers every request with bytes that may be anything, HTTP or not. */
final class HostileServer implements AutoCloseable {

    /** Answers one request. */
    interface Script {
        void answer(Connection connection) throws IOException, InterruptedException;
    }

    /**
     * A request that has been read.
     *
     * @param range the value of its Range header
     */
    record Connection(Socket socket, OutputStream out, Optional<String> range, int number) {

        /** A status line and headers, of which {@code lines} are given. */
        Connection head(String... lines) throws IOException {
            out.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return this;
        }

        Connection body(byte[] bytes, int from, int to) throws IOException {
            out.write(bytes, from, to - from);
            out.flush();
            return this;
        }

        /** Sends again and again, until the other side has enough. */
        void endlessly(String text, long pauseMillis) throws IOException, InterruptedException {
            while (true) {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                Thread.sleep(pauseMillis);
            }
        }

        /** Ends the connection with a reset in the place of an orderly end. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int requests;

    HostileServer(Script script) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> accept(script));
    }

    URI uri(String fileName) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/" + fileName);
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                int number = ++requests;
                threads.execute(() -> handle(socket, script, number));
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void handle(Socket socket, Script script, int number) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            Optional<String> range = Optional.empty();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                range = line.startsWith("Range: ") ? Optional.of(line.substring(7)) : range;
            }
            script.answer(new Connection(socket, socket.getOutputStream(), range, number));
        } catch (IOException e) {
            return; // the other side has had enough
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
