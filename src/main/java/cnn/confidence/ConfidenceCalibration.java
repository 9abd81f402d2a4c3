package cnn.confidence;

import cnn.json.JsonObject;
import cnn.metrics.Scores;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What images that a model has not learnt from say of its probabilities.
 *
 * @param source which images these are
 * @param images how many
 * @param scores of these images, or of some of them
 */
public record ConfidenceCalibration(Source source, int images, Temperature temperature, ConformalScores scores) {
    /** So many scores hold a coverage to 0.3 points (the standard deviation at 0.95), and are some 60 kB of text. */
    public static final int MOST_SCORES = 5_000;

    /** Which images. */
    public enum Source {
        /** Those that training was judged by. */
        VALIDATION("validation images"),
        /** All, each as a model sees it that has learnt from the others. */
        OUT_OF_FOLD("images, each held back in one fold of a cross-validation");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** @param chosen which images' scores are kept, by index */
    public static ConfidenceCalibration of(Source source, Scores held, Temperature temperature, int[] chosen) {
        float[] right = new float[chosen.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = held.probabilities()[chosen[i]][held.actual()[chosen[i]]];
        }
        return new ConfidenceCalibration(source, held.images(), temperature, ConformalScores.ofUnsorted(right));
    }

    /** For a model's description. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", source.name().toLowerCase(Locale.ROOT));
        fields.put("images", images);
        fields.put("temperature", temperature.value());
        fields.put("true_class_probabilities", scores.probabilities());
        return fields;
    }

    /**
     * Reads what {@link #fields} gave.
     *
     * @throws IllegalArgumentException if it cannot be so
     */
    public static ConfidenceCalibration parse(JsonObject fields) {
        String named = fields.text("source");
        Source source = Arrays.stream(Source.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(named))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a calibration by unknown images"));
        List<Double> numbers = fields.numbers("true_class_probabilities");
        float[] probabilities = new float[numbers.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = numbers.get(i).floatValue();
        }
        return new ConfidenceCalibration(
                source,
                fields.integer("images"),
                new Temperature(fields.number("temperature")),
                new ConformalScores(probabilities));
    }
}
