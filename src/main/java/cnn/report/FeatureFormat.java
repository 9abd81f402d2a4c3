package cnn.report;

import cnn.UserError;
import cnn.network.Shape;
import cnn.parquet.FeatureTableWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The formats of feature files, named by their suffixes. */
enum FeatureFormat {
    NPY,
    CSV,
    JSONL,
    H5,
    PARQUET;

    /**
     * The format that a file's suffix names.
     *
     * @throws UserError if it names none
     */
    static FeatureFormat ofSuffix(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.suffix()))
                .findFirst()
                .orElseThrow(() -> UserError.usage("cannot tell the format of %s; its name must end in %s"
                        .formatted(
                                file,
                                Arrays.stream(values())
                                        .map(FeatureFormat::suffix)
                                        .collect(Collectors.joining(", ")))));
    }

    /**
     * Begins to write.
     *
     * @param file the place of {@code sink}
     * @param index receives the names of the rows, where the format has no place for them
     * @param shape of one row
     * @param facts of what the features are, by name, where the format keeps such
     * @param firstRow the number of the first row among those of all shards, likewise
     */
    FeatureWriter writer(
            Path file, ReportSink sink, ReportSink index, Shape shape, Map<String, String> facts, long firstRow) {
        return switch (this) {
            case NPY -> new NpyFeatures(sink, index, shape);
            case CSV -> new CsvFeatures(sink, shape);
            case JSONL -> new JsonlFeatures(sink);
            case H5 -> new Hdf5Features(file, sink, shape);
            case PARQUET -> new ParquetFeatures(new FeatureTableWriter(sink.stream(), shape, facts, firstRow));
        };
    }

    private String suffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
