package cnn.cli;

import java.util.function.LongSupplier;

/**
 * How many a second since it was first asked: what was done before, while all started or by an earlier run, says nothing of
 * how it goes on.
 */
final class Rate {
    private static final double LEAST_SECONDS = 0.25;

    private final LongSupplier nanoTime;
    private long firstCount = -1;
    private long firstNanos;

    Rate() {
        this(System::nanoTime);
    }

    Rate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** NaN while too little was done, or in too little time. */
    double of(long count) {
        long now = nanoTime.getAsLong();
        if (firstCount < 0) {
            firstCount = count;
            firstNanos = now;
        }
        double seconds = (now - firstNanos) / 1e9;
        return count > firstCount && seconds >= LEAST_SECONDS ? (count - firstCount) / seconds : Double.NaN;
    }
}
