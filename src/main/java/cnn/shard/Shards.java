package cnn.shard;

import cnn.Counted;
import cnn.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All shards of one run, in their order: every input has its rows in just one of them.
 *
 * @param shards not empty
 */
record Shards(List<FinishedShard> shards) {
    private static final int NAMED = 10;

    /**
     * Puts them in order.
     *
     * @throws UserError if they are of different runs, or one is missing or there twice
     */
    static Shards of(List<FinishedShard> finished) {
        List<FinishedShard> sorted = new ArrayList<>(finished);
        sorted.sort(Comparator.comparingInt(each -> each.note().shard().number()));
        FinishedShard first = sorted.get(0);
        sorted.forEach(other -> checkOfOneRun(first, other));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).note().shard().equals(sorted.get(i - 1).note().shard())) {
                throw UserError.data("shard %s is there twice: %s and %s"
                        .formatted(
                                sorted.get(i).note().shard(),
                                sorted.get(i - 1).file(),
                                sorted.get(i).file()));
            }
        }
        checkComplete(sorted, first.note());
        return new Shards(List.copyOf(sorted));
    }

    /** Those that have rows, or the first if none has. */
    List<FinishedShard> withRows() {
        List<FinishedShard> found =
                shards.stream().filter(shard -> !shard.isEmpty()).toList();
        return found.isEmpty() ? shards.subList(0, 1) : found;
    }

    long rows() {
        return shards.get(0).note().inputs();
    }

    long failed() {
        return shards.stream().mapToLong(shard -> shard.note().failed()).sum();
    }

    private static void checkOfOneRun(FinishedShard first, FinishedShard other) {
        ShardNote one = first.note();
        ShardNote two = other.note();
        if (one.shard().of() != two.shard().of()) {
            throw differ(
                    first,
                    other,
                    "the first is one of %d shards, the second of %d"
                            .formatted(one.shard().of(), two.shard().of()));
        }
        one.settings().forEach((name, value) -> {
            String second = two.settings().getOrDefault(name, "none");
            if (!second.equals(value)) {
                throw differ(first, other, "%s %s, and %s".formatted(name, value, second));
            }
        });
        if (one.inputs() != two.inputs()) {
            throw differ(first, other, "of %,d inputs, and of %,d".formatted(one.inputs(), two.inputs()));
        }
        if (!one.names().equals(two.names())) {
            throw differ(first, other, "their lists of inputs differ");
        }
    }

    private static UserError differ(FinishedShard first, FinishedShard other, String how) {
        return UserError.data("%s and %s are not of one run: %s".formatted(first.file(), other.file(), how));
    }

    private static void checkComplete(List<FinishedShard> sorted, ShardNote first) {
        List<Integer> there =
                sorted.stream().map(shard -> shard.note().shard().number()).toList();
        List<Integer> missing = new ArrayList<>();
        for (int number = 1; number <= first.shard().of(); number++) {
            if (!there.contains(number)) {
                missing.add(number);
            }
        }
        if (!missing.isEmpty()) {
            throw UserError.data("%s of %d missing: %s%s"
                    .formatted(
                            Counted.of(missing.size(), "shard"),
                            first.shard().of(),
                            missing.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", ")),
                            missing.size() > NAMED ? ", ..." : ""));
        }
        long next = 0;
        for (FinishedShard shard : sorted) {
            if (shard.note().first() != next) {
                throw UserError.data("%s begins with input %,d, not %,d"
                        .formatted(shard.file(), shard.note().first(), next));
            }
            next += shard.note().rows();
        }
        if (next != first.inputs()) {
            throw UserError.data("the shards have rows of %,d inputs, not of all %,d".formatted(next, first.inputs()));
        }
    }
}
