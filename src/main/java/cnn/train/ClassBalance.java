package cnn.train;

import cnn.data.Dataset;
import cnn.data.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many images of each class there are to learn from, and what can be reached with them by knowing one class only.
 *
 * @param training images of each class
 * @param validation images of each class
 */
public record ClassBalance(List<String> classes, List<Long> training, List<Long> validation) {
    private static final int NAMED = 10;
    private static final int UNEVEN = 3;

    public ClassBalance {
        classes = List.copyOf(classes);
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    public static ClassBalance of(Dataset data) {
        return of(data, data.training(), data.validation());
    }

    static ClassBalance of(Dataset data, List<Sample> training, List<Sample> validation) {
        return new ClassBalance(data.classes(), counts(data, training), counts(data, validation));
    }

    /** The share of the validation images that is right for whoever always names the class with most training images. */
    public double majorityBaseline() {
        long all = validation.stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 0 : validation.get(largest()) / (double) all;
    }

    /** The counts and the baseline, in one line. */
    public String words() {
        String counts = classes.size() <= NAMED
                ? IntStream.range(0, classes.size())
                        .mapToObj(label -> classes.get(label) + " " + training.get(label))
                        .collect(Collectors.joining(", "))
                : "%d classes, from %s %d to %s %d"
                        .formatted(
                                classes.size(),
                                classes.get(smallest()),
                                training.get(smallest()),
                                classes.get(largest()),
                                training.get(largest()));
        return String.format(
                Locale.ROOT,
                "training images: %s; always saying %s has val_accuracy %.4f",
                counts,
                classes.get(largest()),
                majorityBaseline());
    }

    /** That a model is no better than the baseline, if it is not. */
    public Optional<String> warning(double valAccuracy, double valMacroF1) {
        return valAccuracy > majorityBaseline()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "val_accuracy %.4f is no better than always saying %s; val_macro_f1 is %.4f",
                        valAccuracy,
                        classes.get(largest()),
                        valMacroF1));
    }

    /**
     * What to do where some classes have far more images than others.
     *
     * @param balanced whether rare classes weigh more already
     */
    public Optional<String> hint(boolean balanced) {
        boolean uneven = training.get(largest()) >= UNEVEN * training.get(smallest());
        return uneven && !balanced
                ? Optional.of(
                        "%s has %d times the images of %s: try --class-weights balanced, which lets rare classes weigh "
                                        .formatted(
                                                classes.get(largest()),
                                                Math.round(training.get(largest())
                                                        / (double) Math.max(1, training.get(smallest()))),
                                                classes.get(smallest()))
                                + "more, and judge by val_macro_f1")
                : Optional.empty();
    }

    private int largest() {
        return IntStream.range(0, classes.size())
                .reduce((a, b) -> training.get(b) > training.get(a) ? b : a)
                .orElseThrow();
    }

    private int smallest() {
        return IntStream.range(0, classes.size())
                .reduce((a, b) -> training.get(b) < training.get(a) ? b : a)
                .orElseThrow();
    }

    private static List<Long> counts(Dataset data, List<Sample> samples) {
        return Arrays.stream(data.counts(samples)).boxed().toList();
    }
}
