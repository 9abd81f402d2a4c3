package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Prediction;

/** One row for each prediction, and one for each input that failed. */
final class CsvClassifications implements ClassificationWriter {

    @Override
    public String begin() {
        return Csv.row("input", "status", "rank", "class_id", "label", "index", "probability", "error");
    }

    @Override
    public String row(Classification answer, boolean first) {
        if (answer.failure().isPresent()) {
            String error = answer.failure().get().code() + ": "
                    + answer.failure().get().message();
            return Csv.row(answer.input(), "error", "", "", "", "", "", error);
        }
        StringBuilder rows = new StringBuilder();
        for (Prediction prediction : answer.predictions()) {
            rows.append(Csv.row(
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
}
