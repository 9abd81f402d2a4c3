package cnn.report;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The format of the rows of answers: a text, or a table in Parquet, which only the suffix of a file names.
 *
 * @param text empty for Parquet
 */
public record RowFormat(Optional<Format> text) {
    private static final String PARQUET = "parquet";

    public static RowFormat of(Format text) {
        return new RowFormat(Optional.of(text));
    }

    /**
     * The format of rows for a file, as {@link Format#of} has it.
     *
     * @throws cnn.UserError if there is no such suffix
     */
    public static RowFormat of(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith("." + PARQUET)
                ? new RowFormat(Optional.empty())
                : of(Format.of(file));
    }

    public String id() {
        return text.map(Format::id).orElse(PARQUET);
    }

    AnswerBytes answers(AnswersOf of, AnswerColumns columns) {
        return text.<AnswerBytes>map(format -> new TextBytes(format.classifications(of.model(), columns)))
                .orElseGet(() -> new ParquetClassifications(columns, of.facts(), of.firstRow()));
    }
}
