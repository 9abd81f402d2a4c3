package cnn.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Counts as shares of their sum, rounded so that they add up: by the largest remainder. */
final class Shares {

    private Shares() {}

    /** Whole hundredths, which come to 100 together; all 0 if there is nothing. */
    static int[] hundredths(int[] counts) {
        long all = Arrays.stream(counts).asLongStream().sum();
        int[] hundredths = new int[counts.length];
        if (all == 0) {
            return hundredths;
        }
        int left = 100;
        for (int i = 0; i < counts.length; i++) {
            hundredths[i] = (int) (100L * counts[i] / all);
            left -= hundredths[i];
        }
        IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> 100L * counts[i] % all)
                        .reversed())
                .limit(left)
                .forEach(i -> hundredths[i]++);
        return hundredths;
    }
}
