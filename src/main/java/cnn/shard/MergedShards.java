package cnn.shard;

import cnn.IoReason;
import cnn.UserError;
import cnn.features.FeatureRow;
import cnn.keras.FeatureFile;
import cnn.parquet.JoinedTables;
import cnn.report.FeatureReport;
import cnn.report.ReportSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The rows of all shards put together: the bytes of the run that was not divided.
 *
 * @param output what to write; a table of the features' kind or of the classifications', as the shards are
 */
public record MergedShards(List<Path> files, Path output) {
    /** The setting that names the format of the rows. */
    public static final String FORMAT = "format";

    /**
     * What came of it.
     *
     * @param failed of the rows
     */
    public record Merged(long rows, long failed) {}

    /** All files that are read. */
    public static List<Path> inputs(Path file) {
        return List.of(file, ShardNote.beside(file), FeatureReport.indexOf(file));
    }

    /**
     * Merges.
     *
     * @throws UserError if the files are not the shards of one run, all of them, or one was changed
     */
    public Merged run() {
        Shards shards = Shards.of(files.stream().map(MergedShards::open).toList());
        String format = shards.shards().get(0).note().settings().getOrDefault(FORMAT, "");
        try {
            write(shards, format);
        } catch (IOException e) {
            throw UserError.data("cannot merge into %s: %s".formatted(output, IoReason.of(e)), e);
        }
        return new Merged(shards.rows(), shards.failed());
    }

    private static FinishedShard open(Path file) {
        boolean npy = ShardNote.read(file).hashes().size() > 1;
        return FinishedShard.open(file, npy ? List.of(file, FeatureReport.indexOf(file)) : List.of(file));
    }

    private void write(Shards shards, String format) throws IOException {
        List<Path> rows = shards.withRows().stream().map(FinishedShard::file).toList();
        switch (format) {
            case "csv" -> text(rows, TextJoin.csv());
            case "json" -> text(rows, TextJoin.jsonArray());
            case "jsonl", "text" -> text(rows, TextJoin.lines());
            case "npy" -> npy(shards, rows);
            case "h5" -> hdf5(rows);
            case "parquet" -> parquet(rows);
            default -> throw UserError.data("%s: there is no format '%s'".formatted(rows.get(0), format));
        }
    }

    private void text(List<Path> rows, TextJoin join) throws IOException {
        try (ReportSink sink = ReportSink.open(Optional.of(output), OutputStream.nullOutputStream())) {
            join.join(rows, sink);
            sink.commit();
        }
    }

    private void parquet(List<Path> rows) {
        try (ReportSink sink = ReportSink.open(Optional.of(output), OutputStream.nullOutputStream())) {
            JoinedTables.write(rows, sink.stream());
            sink.commit();
        }
    }

    private void npy(Shards shards, List<Path> rows) throws IOException {
        try (ReportSink sink = ReportSink.open(Optional.of(output), OutputStream.nullOutputStream());
                ReportSink index =
                        ReportSink.open(Optional.of(FeatureReport.indexOf(output)), OutputStream.nullOutputStream())) {
            NpyJoin.join(rows, shards.rows(), sink);
            NpyJoin.joinIndexes(rows.stream().map(FeatureReport::indexOf).toList(), index);
            index.commit();
            sink.commit();
        }
    }

    private void hdf5(List<Path> rows) {
        try (FeatureReport report = FeatureReport.open(output)) {
            for (int i = 0; i < rows.size(); i++) {
                try (FeatureFile file = FeatureFile.open(rows.get(i))) {
                    if (i == 0) {
                        report.begin(file.shape());
                    }
                    for (int row = 0; row < file.rows(); row++) {
                        report.write(List.of(new FeatureRow(
                                file.input(row), file.label(row), file.features(row), Optional.empty())));
                    }
                }
            }
            report.end();
        }
    }
}
