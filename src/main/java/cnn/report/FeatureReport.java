package cnn.report;

import cnn.features.FeatureRow;
import cnn.network.Shape;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes features to a file as they come, in memory that does not depend on how many there are; the file, and the index
 * beside an .npy, appear only when they are whole.
 */
public final class FeatureReport implements AutoCloseable {
    private final Path file;
    private final FeatureFormat format;
    private final ReportSink sink;
    private final ReportSink index;
    private Optional<FeatureWriter> writer = Optional.empty();

    private FeatureReport(Path file, FeatureFormat format) {
        this.file = file;
        this.format = format;
        this.sink = ReportSink.open(Optional.of(file), OutputStream.nullOutputStream());
        this.index = ReportSink.open(
                format == FeatureFormat.NPY ? Optional.of(indexOf(file)) : Optional.empty(),
                OutputStream.nullOutputStream());
    }

    /**
     * Opens the output in the format that its suffix names: .npy, .csv, .jsonl, .h5 or .parquet.
     *
     * @throws cnn.UserError if it names none, or the file cannot be written
     */
    public static FeatureReport open(Path file) {
        return new FeatureReport(file, FeatureFormat.ofSuffix(file));
    }

    /** All files that features are written to when {@code file} is asked for. */
    public static List<Path> files(Path file) {
        return FeatureFormat.ofSuffix(file) == FeatureFormat.NPY ? List.of(file, indexOf(file)) : List.of(file);
    }

    /** The name of the format that the suffix names. */
    public static String format(Path file) {
        return FeatureFormat.ofSuffix(file).name().toLowerCase(Locale.ROOT);
    }

    /** Where the names of an .npy's rows stand: {@code FILE.csv}. */
    public static Path indexOf(Path npy) {
        return npy.resolveSibling(npy.getFileName() + ".csv");
    }

    /** Begins to write features of that shape. */
    public void begin(Shape shape) {
        begin(shape, Map.of(), 0);
    }

    /**
     * Begins to write features of that shape.
     *
     * @param facts of what they are, by name, for formats that keep such
     * @param firstRow the number of the first row among those of all shards, likewise
     */
    public void begin(Shape shape, Map<String, String> facts, long firstRow) {
        writer = Optional.of(format.writer(file, sink, index, shape, facts, firstRow));
    }

    /** Writes the next rows; {@link #begin} comes first. */
    public void write(List<FeatureRow> rows) {
        rows.forEach(writer.orElseThrow()::row);
    }

    /** Completes the files and makes them appear. */
    public void end() {
        writer.orElseThrow().end();
        index.commit();
        sink.commit();
    }

    @Override
    public void close() {
        try (sink;
                index) {
            writer.ifPresent(FeatureWriter::close);
        }
    }
}
