package cnn.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens what may never give a byte, such as a pipe that nobody writes into, and gives up after some seconds. */
final class PatientStream {
    private static final int SECONDS = 5;

    private PatientStream() {}

    /** The stream, once its first byte is there or its end. */
    static InputStream open(Path file) throws IOException {
        CompletableFuture<InputStream> begun = new CompletableFuture<>();
        // Opening a pipe blocks as reading does, and neither can be interrupted.
        Thread opener = new Thread(
                () -> {
                    try {
                        begun.complete(begun(Files.newInputStream(file)));
                    } catch (IOException e) {
                        begun.completeExceptionally(e);
                    }
                },
                "pipe");
        opener.setDaemon(true);
        opener.start();
        try {
            return begun.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no byte came out of it within " + SECONDS + " seconds", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed ? failed : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static InputStream begun(InputStream stream) throws IOException {
        byte[] first = stream.readNBytes(1);
        return new SequenceInputStream(new ByteArrayInputStream(first), stream);
    }
}
