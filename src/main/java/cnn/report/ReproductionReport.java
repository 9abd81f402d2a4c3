package cnn.report;

import cnn.json.Json;
import cnn.train.Difference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a training that was done again came out.
 *
 * @param model that was there before
 * @param differences of what it was made from
 * @param compared the new model beside it; empty if it was not trained
 */
public record ReproductionReport(Path model, Path output, List<Difference> differences, Optional<Compared> compared) {

    /**
     * Two models' files.
     *
     * @param equalWeights whether the trained weights are the same numbers
     * @param sha256 of the new file
     */
    public record Compared(boolean equalBytes, boolean equalWeights, String sha256) {}

    public ReproductionReport {
        differences = List.copyOf(differences);
    }

    /** Whether the same bytes came out. */
    public boolean reproduced() {
        return compared.filter(Compared::equalBytes).isPresent();
    }

    public String json() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("model", model.toString());
        report.put("output", compared.isPresent() ? output.toString() : null);
        report.put("reproduced", reproduced());
        report.put("equal_bytes", compared.map(Compared::equalBytes).orElse(null));
        report.put("equal_weights", compared.map(Compared::equalWeights).orElse(null));
        report.put("sha256", compared.map(Compared::sha256).orElse(null));
        report.put(
                "differences",
                differences.stream().map(ReproductionReport::fields).toList());
        return Json.text(report) + "\n";
    }

    private static Map<String, Object> fields(Difference difference) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", word(difference));
        fields.put("text", difference.text());
        return fields;
    }

    /** A line for each difference, and one that says how it came out. */
    public String text() {
        StringBuilder text = new StringBuilder();
        differences.forEach(difference -> text.append(OneLine.of(word(difference) + ": " + difference.text()))
                .append('\n'));
        return text.append(OneLine.of(result())).append('\n').toString();
    }

    private String result() {
        if (compared.isEmpty()) {
            return "%s is not trained again: what it was made from is not the same".formatted(model);
        }
        if (reproduced()) {
            return "%s is %s, byte for byte (sha256 %s)"
                    .formatted(output, model, compared.get().sha256());
        }
        return "%s is not %s: %s"
                .formatted(
                        output,
                        model,
                        compared.get().equalWeights()
                                ? "the weights are the same to the last bit, what is said of them is not"
                                : "the weights differ");
    }

    private static String word(Difference difference) {
        return difference.what().name().toLowerCase(Locale.ROOT);
    }
}
