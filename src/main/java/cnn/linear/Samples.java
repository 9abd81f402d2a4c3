package cnn.linear;

import java.util.stream.IntStream;

/**
 * Rows of features whose classes are known. Not copied.
 *
 * @param features one array for each row
 * @param labels class indices by row
 * @param classes how many there are
 * @param classWeights by class: what a row of it counts in the loss
 * @param chosen the rows that these samples are, in order
 */
public record Samples(double[][] features, int[] labels, int classes, double[] classWeights, int[] chosen) {

    /** All rows, all of the same weight. */
    public static Samples of(double[][] features, int[] labels, int classes) {
        double[] equal = IntStream.range(0, classes).mapToDouble(i -> 1).toArray();
        return new Samples(
                features,
                labels,
                classes,
                equal,
                IntStream.range(0, labels.length).toArray());
    }

    /** Other rows of the same features. */
    Samples choose(int[] rows) {
        return new Samples(features, labels, classes, classWeights, rows);
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
