package cnn.data;

import cnn.UserError;
import cnn.files.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images to train and to judge by.
 *
 * @param classes names of the classes, sorted; a label is an index into them
 * @param test empty if there is no such folder
 * @param split how training and validation were divided; empty where there is a folder for each
 * @param notices what the user should know about the folders, a line each; none of it keeps the data from being used
 */
public record Dataset(
        List<String> classes,
        List<Sample> training,
        List<Sample> validation,
        List<Sample> test,
        Optional<StoredSplit> split,
        List<String> notices) {
    private static final int DUPLICATES_NAMED = 3;

    public Dataset {
        classes = List.copyOf(classes);
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        notices = List.copyOf(notices);
    }

    /** The samples of all parts. */
    public Stream<Sample> samples() {
        return Stream.of(training, validation, test).flatMap(List::stream);
    }

    /** How many of some samples are of each class. */
    public long[] counts(List<Sample> samples) {
        long[] counts = new long[classes.size()];
        samples.forEach(sample -> counts[sample.target().classIndex()]++);
        return counts;
    }

    /**
     * @param purpose what the samples are wanted for: {@code to train on}
     * @throws UserError if a class has none of these samples
     */
    public void require(List<Sample> samples, String purpose) {
        long[] counts = counts(samples);
        List<String> empty = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                empty.add(classes.get(i));
            }
        }
        if (!empty.isEmpty()) {
            throw UserError.data("there are no images %s of %s; every class needs some in each part%s"
                    .formatted(
                            purpose,
                            String.join(", ", empty),
                            purpose.contains("validate") ? " (or a larger --validation-split)" : ""));
        }
    }

    /** What is to be said about images that occur more than once: across parts, and under two classes. */
    static List<String> duplicates(Map<String, List<Sample>> parts, List<String> classes) {
        Map<Sha256, String> partOf = new HashMap<>();
        Map<Sha256, Sample> first = new HashMap<>();
        List<String> across = new ArrayList<>();
        List<String> twoClasses = new ArrayList<>();
        parts.forEach((part, samples) -> samples.forEach(sample -> {
            String earlier = partOf.putIfAbsent(sample.content(), part);
            Sample same = first.putIfAbsent(sample.content(), sample);
            if (earlier != null && !earlier.equals(part)) {
                across.add(pair(same.path(), sample.path()));
            }
            if (same != null && !same.target().equals(sample.target())) {
                twoClasses.add("%s (%s and %s)"
                        .formatted(
                                pair(same.path(), sample.path()),
                                classes.get(same.target().classIndex()),
                                classes.get(sample.target().classIndex())));
            }
        }));
        List<String> notices = new ArrayList<>();
        add(notices, across, "images are in two of the parts, which makes results look better than they are");
        add(notices, twoClasses, "images are in the folders of two classes");
        return notices;
    }

    private static String pair(Path one, Path other) {
        return one + " = " + other;
    }

    private static void add(List<String> notices, List<String> found, String what) {
        if (!found.isEmpty()) {
            String named = String.join("; ", found.subList(0, Math.min(DUPLICATES_NAMED, found.size())));
            String more = found.size() > DUPLICATES_NAMED ? "; ..." : "";
            notices.add("%d %s: %s%s".formatted(found.size(), what, named, more));
        }
    }
}
