package cnn.bench;

import java.util.Arrays;
import java.util.List;

/** Lets contestants take turns, so that whatever else the machine does meets all of them alike. */
final class Turns {
    /** Long enough for the idle threads of one engine to stop spinning before the next one's turn. */
    private static final long PAUSE_MILLIS = 60;

    private static final double TURN_SECONDS = 0.4;

    private Turns() {}

    /** The median of each one's seconds for one run; the first run of each turn is not counted. */
    static double[] medianSeconds(List<? extends Runnable> contestants, int rounds) throws InterruptedException {
        double[][] seconds = new double[contestants.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < seconds.length; i++) {
                Thread.sleep(PAUSE_MILLIS);
                seconds[i][round] = turn(contestants.get(i));
            }
        }
        return Arrays.stream(seconds).mapToDouble(Turns::median).toArray();
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

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
