package cnn.report;

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
    public static Optional<Format> ofSuffix(Path file) {
        String name = file.getFileName().toString();
        String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (Format format : values()) {
            if (format.id().equals(suffix)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    ClassificationWriter classifications(String model) {
        return switch (this) {
            case TEXT -> new TextClassifications();
            case JSON -> new JsonClassifications(model, true);
            case JSONL -> new JsonClassifications(model, false);
            case CSV -> new CsvClassifications();
        };
    }
}
