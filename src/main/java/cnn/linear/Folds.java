package cnn.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Deals rows out to folds, of each class as evenly as can be; chosen by the seed alone. Rows of one group stay together and
 * count for the class of the first of them. A class of one group is in no fold, so that all learn from it.
 */
final class Folds {
    private final Map<Integer, List<Integer>> rowsOfGroups = new HashMap<>();
    private final List<Set<Integer>> groupsOfClasses = new ArrayList<>();

    Folds(Samples samples) {
        for (int label = 0; label < samples.classes(); label++) {
            groupsOfClasses.add(new LinkedHashSet<>());
        }
        for (int row : samples.chosen()) {
            int group = samples.groups()[row];
            if (!rowsOfGroups.containsKey(group)) {
                groupsOfClasses.get(samples.labels()[row]).add(group);
            }
            rowsOfGroups.computeIfAbsent(group, first -> new ArrayList<>()).add(row);
        }
    }

    /** How many there can be so that each class has rows in every one of them; 0 if no class can be divided. */
    int most() {
        return groupsOfClasses.stream()
                .mapToInt(Set::size)
                .filter(groups -> groups > 1)
                .min()
                .orElse(0);
    }

    /** The rows of each of {@code count} folds, ascending. */
    List<int[]> deal(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<Integer>> folds = IntStream.range(0, count)
                .<List<Integer>>mapToObj(i -> new ArrayList<>())
                .toList();
        int dealt = 0;
        for (Set<Integer> groups : groupsOfClasses) {
            if (groups.size() > 1) {
                for (int group :
                        shuffled(groups.stream().mapToInt(Integer::intValue).toArray(), random)) {
                    folds.get(dealt++ % count).addAll(rowsOfGroups.get(group));
                }
            }
        }
        return folds.stream()
                .map(rows -> rows.stream().mapToInt(Integer::intValue).sorted().toArray())
                .toList();
    }

    /** Fisher and Yates; Knuth, volume 2, algorithm 3.4.2P. */
    private static int[] shuffled(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int moved = values[i];
            values[i] = values[j];
            values[j] = moved;
        }
        return values;
    }
}
