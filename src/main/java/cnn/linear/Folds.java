package cnn.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Deals rows out to folds, of each class as evenly as can be; chosen by the seed alone. */
final class Folds {
    private Folds() {}

    /** The rows of each of {@code count} folds, ascending; every sample is in one of them. */
    static List<int[]> stratified(Samples samples, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<Integer>> folds = IntStream.range(0, count)
                .<List<Integer>>mapToObj(i -> new ArrayList<>())
                .toList();
        int dealt = 0;
        for (int label = 0; label < samples.classes(); label++) {
            for (int row : shuffled(rowsOf(samples, label), random)) {
                folds.get(dealt++ % count).add(row);
            }
        }
        return folds.stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).sorted().toArray())
                .toList();
    }

    private static int[] rowsOf(Samples samples, int label) {
        return IntStream.of(samples.chosen())
                .filter(row -> samples.labels()[row] == label)
                .toArray();
    }

    /** Fisher and Yates; Knuth, volume 2, algorithm 3.4.2P. */
    private static int[] shuffled(int[] rows, SplittableRandom random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = rows[i];
            rows[i] = rows[j];
            rows[j] = moved;
        }
        return rows;
    }
}
