package cnn.cli;

/** How many a second, since this was made. */
final class Rate {
    /** What is done in less time says nothing of how it goes on. */
    private static final double LEAST_SECONDS = 0.25;

    private final long startNanos = System.nanoTime();

    double of(long count) {
        return count / Math.max(LEAST_SECONDS, (System.nanoTime() - startNanos) / 1e9);
    }
}
