package cnn.report;

import cnn.classify.Classification;
import cnn.classify.Failure;
import cnn.classify.Prediction;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * For people: the best label on the line of the file, the others indented below it. The file's line says {@code unknown} where
 * the best is not accepted, and {@code novel} where the image is unlike the training images.
 */
record TextClassifications(AnswerColumns columns) implements ClassificationWriter {

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
        boolean known = columns.threshold().isEmpty()
                || answer.isAccepted(columns.threshold().getAsDouble());
        StringBuilder lines = new StringBuilder(known ? "" : "%s: unknown%s%n".formatted(input, novel(answer)));
        for (Prediction prediction : answer.predictions()) {
            boolean best = known && prediction.rank() == 1;
            lines.append(best ? input + ": " : "    ");
            lines.append(OneLine.of(prediction.label().name()));
            lines.append(String.format(Locale.ROOT, " (%.2f%%)", 100 * prediction.probability()));
            lines.append(best ? novel(answer) : "").append('\n');
        }
        return lines + set(answer);
    }

    private static String novel(Classification answer) {
        return answer.isNovel()
                ? String.format(Locale.ROOT, ", novel (%.2f)", answer.novelty().getAsDouble())
                : "";
    }

    private String set(Classification answer) {
        return answer.conformalSet()
                .map(set -> "    %s%% set: %s\n"
                        .formatted(
                                BigDecimal.valueOf(columns.coverage().orElseThrow())
                                        .movePointRight(2)
                                        .stripTrailingZeros()
                                        .toPlainString(),
                                set.isEmpty()
                                        ? "none"
                                        : set.stream()
                                                .map(label -> OneLine.of(label.name()))
                                                .collect(Collectors.joining(", "))))
                .orElse("");
    }

    @Override
    public String end() {
        return "";
    }
}
