package cnn.cli;

/** How many a second, since this was made. */
final class Rate {
    private final long startNanos = System.nanoTime();

    double of(long count) {
        return count / Math.max(1e-9, (System.nanoTime() - startNanos) / 1e9);
    }
}
