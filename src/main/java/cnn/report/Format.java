package cnn.report;

import cnn.UserError;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The formats of result rows. */
public enum Format {
    TEXT,
    JSON,
    JSONL,
    CSV;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that a file's suffix names, if it names one. */
    private static Optional<Format> ofSuffix(Path file) {
        String name = file.getFileName().toString();
        String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (Format format : values()) {
            if (format.id().equals(suffix)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * The format of rows for a file: that which its suffix names; text if it has none, or is no plain file.
     *
     * @throws UserError if there is no such suffix
     */
    public static Format of(Path file) {
        String name = file.getFileName().toString();
        Optional<Format> named = ofSuffix(file);
        if (named.isPresent()
                || name.lastIndexOf('.') <= 0
                || name.toLowerCase(Locale.ROOT).endsWith(".txt")
                || ReportSink.isStream(file)) {
            return named.orElse(TEXT);
        }
        throw UserError.usage(
                "%s: no format has the suffix %s; there are .txt, .json, .jsonl and .csv, or name one with -f"
                        .formatted(file, name.substring(name.lastIndexOf('.'))));
    }

    ClassificationWriter classifications(String model, AnswerColumns columns) {
        return switch (this) {
            case TEXT -> new TextClassifications(columns);
            case JSON -> new JsonClassifications(model, columns, true);
            case JSONL -> new JsonClassifications(model, columns, false);
            case CSV -> new CsvClassifications(columns);
        };
    }
}
