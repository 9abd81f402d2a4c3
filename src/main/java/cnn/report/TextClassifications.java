package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import java.util.Locale;

/** For people: the best label on the line of the file, the others indented below it. */
final class TextClassifications implements ClassificationWriter {

    @Override
    public String begin() {
        return "";
    }

    @Override
    public String row(Classification answer, boolean first) {
        String input = OneLine.of(answer.input());
        if (answer.failure().isPresent()) {
            Failure failure = answer.failure().get();
            return "%s: error: %s (%s)%n".formatted(input, OneLine.of(failure.message()), failure.code());
        }
        StringBuilder lines = new StringBuilder();
        for (Prediction prediction : answer.predictions()) {
            lines.append(prediction.rank() == 1 ? input + ": " : "    ");
            lines.append(OneLine.of(prediction.label().name()));
            lines.append(String.format(Locale.ROOT, " (%.2f%%)%n", 100 * prediction.probability()));
        }
        return lines.toString();
    }

    @Override
    public String end() {
        return "";
    }
}
