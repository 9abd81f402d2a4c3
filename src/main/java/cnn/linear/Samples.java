package cnn.linear;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of features whose classes are known. Not copied.
 *
 * @param features one array for each row
 * @param labels class indices by row
 * @param classes how many there are
 * @param classWeights by class: what a row of it counts in the loss
 * @param chosen the rows that these samples are, in order
 * @param groups by row: rows of one number belong together, as those of one image that is there twice
 */
public record Samples(
        double[][] features, int[] labels, int classes, double[] classWeights, int[] chosen, int[] groups) {

    /** All rows, all of the same weight. */
    public static Samples of(double[][] features, int[] labels, int classes) {
        double[] equal = IntStream.range(0, classes).mapToDouble(i -> 1).toArray();
        int[] all = IntStream.range(0, labels.length).toArray();
        return new Samples(features, labels, classes, equal, all, all);
    }

    /** With other weights of the classes. */
    public Samples weighted(double[] weights) {
        return new Samples(features, labels, classes, weights, chosen, groups);
    }

    /** With other groups of rows. */
    public Samples grouped(int[] others) {
        return new Samples(features, labels, classes, classWeights, chosen, others);
    }

    /** Other rows of the same features. */
    public Samples choose(int[] rows) {
        return new Samples(features, labels, classes, classWeights, rows, groups);
    }

    /** All but some rows, which are given in ascending order. */
    Samples without(int[] rows) {
        return choose(IntStream.of(chosen)
                .filter(row -> Arrays.binarySearch(rows, row) < 0)
                .toArray());
    }

    int count() {
        return chosen.length;
    }

    int columns() {
        return features[0].length;
    }

    /** How many outputs the classifier has: one for two classes. */
    int units() {
        return classes == 2 ? 1 : classes;
    }

    double[] row(int sample) {
        return features[chosen[sample]];
    }

    int label(int sample) {
        return labels[chosen[sample]];
    }

    double weight(int sample) {
        return classWeights[label(sample)];
    }
}
