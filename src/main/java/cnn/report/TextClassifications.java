package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * For people: the best label on the line of the file, the others indented below it.
 *
 * @param threshold the probability below which the file's line says {@code unknown}, if there is one
 */
record TextClassifications(OptionalDouble threshold) implements ClassificationWriter {

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
        boolean known = threshold.isEmpty() || answer.isAccepted(threshold.getAsDouble());
        StringBuilder lines = new StringBuilder(known ? "" : "%s: unknown%n".formatted(input));
        for (Prediction prediction : answer.predictions()) {
            lines.append(known && prediction.rank() == 1 ? input + ": " : "    ");
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
