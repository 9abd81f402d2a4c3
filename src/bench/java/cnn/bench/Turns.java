package cnn.bench;

import java.util.Arrays;
import java.util.List;

/** Lets contestants take turns, so that whatever else the machine does meets all of them alike. */
final class Turns {
    /** Long enough for the idle threads of one engine to stop spinning before the next one's turn. */
    private static final long PAUSE_MILLIS = 60;

    private static final double TURN_SECONDS = 0.4;

    private Turns() {}

    /**
     * Each one's seconds for one run, as its turns had them, the least first; the first run of each turn is not counted.
     */
    static double[][] sortedSeconds(List<? extends Runnable> contestants, int rounds) throws InterruptedException {
        double[][] seconds = new double[contestants.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < seconds.length; i++) {
                Thread.sleep(PAUSE_MILLIS);
                seconds[i][round] = turn(contestants.get(i));
            }
        }
        Arrays.stream(seconds).forEach(Arrays::sort);
        return seconds;
    }

    static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static double turn(Runnable contestant) {
        contestant.run();
        long start = System.nanoTime();
        int runs = 0;
        do {
            contestant.run();
            runs++;
        } while (System.nanoTime() - start < TURN_SECONDS * 1e9);
        return (System.nanoTime() - start) / 1e9 / runs;
    }
}
