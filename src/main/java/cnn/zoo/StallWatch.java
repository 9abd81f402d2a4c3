package cnn.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Closes a stream from which nothing has come for too long: reads from a network may otherwise wait for ever. */
final class StallWatch implements AutoCloseable {
    private final Duration limit;
    private final Thread thread;
    private volatile long movedNanos = System.nanoTime();
    private volatile boolean stalled;

    private StallWatch(InputStream stream, Duration limit) {
        this.limit = limit;
        this.thread = new Thread(() -> watch(stream), "stall-watch");
        thread.setDaemon(true);
    }

    static StallWatch over(InputStream stream, Duration limit) {
        StallWatch watch = new StallWatch(stream, limit);
        watch.thread.start();
        return watch;
    }

    /** Something came. */
    void moved() {
        movedNanos = System.nanoTime();
    }

    /** Says in the place of a failed read what really happened. */
    IOException explain(IOException failure) {
        return stalled ? new IOException("nothing came for " + limit.toMillis() / 1000.0 + " s", failure) : failure;
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
