package cnn.confidence;

import cnn.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Tells images that are unlike those that a model was trained on: by the cosine distance of their features from the k-th nearest
 * training image's (Sun, Ming, Zhu and Li 2022, "Out-of-distribution detection with deep nearest neighbors"), which is held
 * against what 99 % of the training images have among each other.
 *
 * @param layer whose values the features are
 * @param neighbours k
 * @param threshold the distance that 99 % of the training images do not exceed
 * @param rows directions of the training images' features: each row is scaled to whole numbers from -127 to 127; not copied
 */
public record Novelty(String layer, int neighbours, double threshold, byte[][] rows) {
    /** The most training images that are kept. */
    public static final int MOST_ROWS = 2_000;

    /** The most numbers of all rows together, so that a model file does not become large by them. */
    private static final int MOST_NUMBERS = 1 << 24;

    private static final int NEIGHBOURS = 5;
    private static final double PERCENT = 99;
    private static final int LARGEST = 127;
    /** A distance that is no more than rounding. */
    private static final double NOTHING = 1e-9;

    public Novelty {
        if (rows.length < 2 || neighbours < 1 || neighbours >= rows.length || !(threshold >= 0 && threshold <= 2)) {
            throw new IllegalArgumentException(
                    "%d rows, of which the %d. nearest lies within %s".formatted(rows.length, neighbours, threshold));
        }
        for (byte[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException(
                        "rows of %d and of %d features".formatted(rows[0].length, row.length));
            }
        }
    }

    /** How many images with so many features are kept at most. */
    public static int mostRows(int features) {
        return Math.min(MOST_ROWS, Math.max(2, MOST_NUMBERS / features));
    }

    /**
     * Measures training images against each other, each against all others.
     *
     * @param features at least two rows, of equal length
     */
    public static Novelty of(String layer, List<float[]> features) {
        byte[][] rows = features.stream().map(Novelty::direction).toArray(byte[][]::new);
        int neighbours = Math.min(NEIGHBOURS, rows.length - 1);
        double[] lengths = lengths(rows);
        double[] distances = IntStream.range(0, rows.length)
                .mapToDouble(i -> distance(rows[i], rows, lengths, OptionalInt.of(i), neighbours))
                .toArray();
        double threshold = new Percentile()
                .withEstimationType(Percentile.EstimationType.R_7)
                .evaluate(distances, PERCENT);
        return new Novelty(layer, neighbours, threshold, rows);
    }

    /** How many numbers the features of an image are. */
    public int features() {
        return rows[0].length;
    }

    /** How far an image is from the training images, in thresholds: above 1 it is farther than 99 % of them are. */
    public double of(float[] features) {
        return distance(direction(features), rows, lengths(rows), OptionalInt.empty(), neighbours)
                / Math.max(threshold, NOTHING);
    }

    /** For a model's file. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("layer", layer);
        fields.put("features", features());
        fields.put("neighbours", neighbours);
        fields.put("threshold", threshold);
        fields.put(
                "rows",
                Arrays.stream(rows).map(Base64.getEncoder()::encodeToString).toList());
        return fields;
    }

    /**
     * Reads what {@link #fields} gave.
     *
     * @throws IllegalArgumentException if it cannot be so
     */
    public static Novelty parse(JsonObject fields) {
        List<byte[]> rows = new ArrayList<>();
        fields.texts("rows").forEach(row -> rows.add(Base64.getDecoder().decode(row)));
        return new Novelty(
                fields.text("layer"),
                fields.integer("neighbours"),
                fields.number("threshold"),
                rows.toArray(byte[][]::new));
    }

    /**
     * The distance from the k-th nearest row, 0 to 2; 1 from a row without a direction.
     *
     * @param left a row that is left out
     */
    private static double distance(
            byte[] direction, byte[][] rows, double[] lengths, OptionalInt left, int neighbours) {
        double length = Math.sqrt(dot(direction, direction));
        double[] distances = new double[rows.length];
        for (int i = 0; i < distances.length; i++) {
            double product = length * lengths[i];
            distances[i] = product == 0 ? 1 : 1 - dot(direction, rows[i]) / product;
        }
        left.ifPresent(row -> distances[row] = Double.POSITIVE_INFINITY);
        Arrays.sort(distances);
        return Math.max(0, distances[neighbours - 1]);
    }

    private static double[] lengths(byte[][] rows) {
        return Arrays.stream(rows).mapToDouble(row -> Math.sqrt(dot(row, row))).toArray();
    }

    private static long dot(byte[] a, byte[] b) {
        long sum = 0;
        for (int from = 0; from < a.length; from += 1 << 16) { // as far as an int can count
            int to = Math.min(a.length, from + (1 << 16));
            int part = 0;
            for (int i = from; i < to; i++) {
                part += a[i] * b[i];
            }
            sum += part;
        }
        return sum;
    }

    /** Zeros if the features are, or if one is no finite number. */
    private static byte[] direction(float[] features) {
        float largest = 0;
        for (float feature : features) {
            largest = Math.max(largest, Math.abs(feature));
        }
        byte[] direction = new byte[features.length];
        for (int i = 0; i < direction.length && largest > 0 && Float.isFinite(largest); i++) {
            direction[i] = (byte) Math.round(features[i] * ((double) LARGEST / largest));
        }
        return direction;
    }
}
