package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Prediction;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * One row for each prediction, and one for each input that failed.
 *
 * @param threshold of a last column which says whether the likeliest class is accepted, if there is to be one
 */
record CsvClassifications(OptionalDouble threshold) implements ClassificationWriter {

    @Override
    public String begin() {
        return row("accepted", "input", "status", "rank", "class_id", "label", "index", "probability", "error");
    }

    @Override
    public String row(Classification answer, boolean first) {
        if (answer.failure().isPresent()) {
            String error = answer.failure().get().code() + ": "
                    + answer.failure().get().message();
            return row("", answer.input(), "error", "", "", "", "", "", error);
        }
        String accepted = threshold.isPresent() ? String.valueOf(answer.isAccepted(threshold.getAsDouble())) : "";
        StringBuilder rows = new StringBuilder();
        for (Prediction prediction : answer.predictions()) {
            rows.append(row(
                    accepted,
                    answer.input(),
                    "ok",
                    String.valueOf(prediction.rank()),
                    prediction.label().id(),
                    prediction.label().name(),
                    String.valueOf(prediction.index()),
                    SignificantDigits.of(prediction.probability()),
                    ""));
        }
        return rows.toString();
    }

    @Override
    public String end() {
        return "";
    }

    private String row(String accepted, String... cells) {
        if (threshold.isEmpty()) {
            return Csv.row(cells);
        }
        String[] more = Arrays.copyOf(cells, cells.length + 1);
        more[cells.length] = accepted;
        return Csv.row(more);
    }
}
