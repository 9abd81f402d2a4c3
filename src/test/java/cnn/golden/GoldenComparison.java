package cnn.golden;

import cnn.golden.GoldenFile.GoldenLayer;
import cnn.golden.GoldenFile.Probes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Computed outputs beside those of a golden file, by the tolerances that its README recommends for float32.
 *
 * <p>They stand well above the noise between three independent programs (at most 2.6e-5 of a layer's standard deviation)
 * and below what the smallest mistake gives (4e-4, a wrong epsilon).
 */
final class GoldenComparison {
    private static final double LAYER = 2e-4;
    private static final double AVERAGE_FEATURE = 2e-5;
    private static final double MAX_FEATURE = 5e-5;
    private static final double PROBABILITY = 2e-5;
    private static final double RELATIVE_PROBABILITY = 5e-4;

    private final List<Deviation> deviations = new ArrayList<>();

    /** How far one number is off. */
    record Deviation(String where, double expected, double actual, double tolerance) {

        /** In units of the tolerance: at most 1 if all is well, NaN if the actual value is. */
        double share() {
            double difference = Math.abs(actual - expected);
            return difference == 0 ? 0 : difference / tolerance;
        }

        boolean allowed() {
            return share() <= 1;
        }
    }

    /** The numbers that were off by more than their tolerance; worst first, at most 20. */
    List<Deviation> failures() {
        return worstFirst().filter(deviation -> !deviation.allowed()).limit(20).toList();
    }

    /** The number that came nearest to its tolerance or exceeds it most. */
    Deviation worst() {
        return worstFirst().findFirst().orElseThrow();
    }

    /** Compares a layer's output, flat in the order height, width, channel, by the file's probes. */
    void layer(GoldenLayer layer, boolean probabilities, float[] values) {
        Probes expected = layer.output();
        double tolerance = LAYER * expected.std();
        int size = values.length;
        double sum = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double mean = sum / size;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        String name = layer.name();
        if (!probabilities) {
            add(name + " mean", expected.mean(), mean, tolerance);
            add(name + " std", expected.std(), Math.sqrt(squares / size), tolerance);
            add(name + " min", expected.min(), min, tolerance);
            add(name + " max", expected.max(), max, tolerance);
        }
        double[] samples = expected.samples();
        for (int i = 0; i < samples.length; i++) {
            double actual = values[(int) ((long) i * size / samples.length)];
            double allowed = probabilities ? probabilityTolerance(samples[i]) : tolerance;
            add(name + " sample " + i, samples[i], actual, allowed);
        }
    }

    void probabilities(double[] expected, float[] actual) {
        for (int i = 0; i < expected.length; i++) {
            add("probability of class " + i, expected[i], actual[i], probabilityTolerance(expected[i]));
        }
    }

    /** Compares the global poolings of a feature map, flat in the order height, width, channel. */
    void features(GoldenFile golden, float[] map) {
        int channels = golden.featuresAverage().length;
        double[] sums = new double[channels];
        double[] maxima = new double[channels];
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < map.length; i++) {
            sums[i % channels] += map[i];
            maxima[i % channels] = Math.max(maxima[i % channels], map[i]);
        }
        double averageTolerance = AVERAGE_FEATURE * largest(golden.featuresAverage());
        double maxTolerance = MAX_FEATURE * largest(golden.featuresMax());
        for (int c = 0; c < channels; c++) {
            double average = sums[c] / (map.length / channels);
            add("average feature " + c, golden.featuresAverage()[c], average, averageTolerance);
            add("max feature " + c, golden.featuresMax()[c], maxima[c], maxTolerance);
        }
    }

    private static double probabilityTolerance(double probability) {
        return Math.min(PROBABILITY, RELATIVE_PROBABILITY * probability);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    private void add(String where, double expected, double actual, double tolerance) {
        deviations.add(new Deviation(where, expected, actual, tolerance));
    }

    private Stream<Deviation> worstFirst() {
        // A NaN compares as larger than every number, so it comes first.
        return deviations.stream()
                .sorted(Comparator.comparingDouble(Deviation::share).reversed());
    }
}
