package cnn.weights;

import java.time.Duration;

/**
 * How patient a download is, and with how much it puts up.
 *
 * @param connect how long a connection may take
 * @param stall how long it may take until an answer begins, and until the next {@code leastBytes} of it have come
 * @param leastBytes what a server must send in that time; less is as good as nothing
 * @param mostBytes no published file has more
 * @param firstPause before the second attempt; doubled each time
 * @param idleAttempts attempts in a row that bring less than {@code leastBytes}, after which it is given up
 */
record DownloadLimits(
        Duration connect, Duration stall, long leastBytes, long mostBytes, Duration firstPause, int idleAttempts) {
    /** A kilobyte a second, and room for the largest file that Keras publishes (1.4 GB). */
    static final DownloadLimits USUAL = new DownloadLimits(
            Duration.ofSeconds(20), Duration.ofSeconds(60), 60_000, 2L << 30, Duration.ofMillis(500), 5);
}
