package cnn.advise;

import java.time.Duration;

/**
 * When something has to be over.
 *
 * @param nanos of {@link System#nanoTime}
 */
record Deadline(long nanos) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    double secondsLeft() {
        return (nanos - System.nanoTime()) / 1e9;
    }
}
