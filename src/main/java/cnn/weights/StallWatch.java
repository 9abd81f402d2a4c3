package cnn.weights;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes a stream from which too little has come for too long: reads from a network may otherwise wait for ever, or get a
 * byte now and then.
 */
final class StallWatch implements AutoCloseable {
    private final Duration limit;
    private final long leastBytes;
    private final Thread thread;
    private volatile long movedNanos = System.nanoTime();
    private volatile boolean stalled;
    private long cameBytes;

    private StallWatch(InputStream stream, Duration limit, long leastBytes) {
        this.limit = limit;
        this.leastBytes = leastBytes;
        this.thread = new Thread(() -> watch(stream), "stall-watch");
        thread.setDaemon(true);
    }

    /**
     * @param limit time in which at least {@code leastBytes} must come
     */
    static StallWatch over(InputStream stream, Duration limit, long leastBytes) {
        StallWatch watch = new StallWatch(stream, limit, leastBytes);
        watch.thread.start();
        return watch;
    }

    /** Something came. Called by one thread. */
    void moved(int bytes) {
        cameBytes += bytes;
        if (cameBytes >= leastBytes) {
            cameBytes = 0;
            movedNanos = System.nanoTime();
        }
    }

    /** Says in the place of a failed read what really happened. */
    IOException explain(IOException failure) {
        return stalled
                ? new IOException(
                        "less than %d bytes came in %s s".formatted(leastBytes, limit.toMillis() / 1000.0), failure)
                : failure;
    }

    private void watch(InputStream stream) {
        try {
            while (true) {
                long leftNanos = limit.toNanos() - (System.nanoTime() - movedNanos);
                if (leftNanos <= 0) {
                    stalled = true;
                    stream.close();
                    return;
                }
                Thread.sleep(leftNanos / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            // close() ends the watch
        } catch (IOException e) {
            // the reader has failed by itself
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
