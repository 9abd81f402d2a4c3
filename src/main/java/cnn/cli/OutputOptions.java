package cnn.cli;

import cnn.UserError;
import cnn.report.ClassificationReport;
import cnn.report.Format;
import cnn.report.ReportSink;
import cnn.report.RowFormat;
import cnn.shard.ShardNote;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where results go, and in which format. */
final class OutputOptions implements Writing {

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "text, json, jsonl or csv. Default: by the suffix of -o, else text. In csv a character that "
                    + "steers a terminal is an escape (\\u202e, \\n, \\xff for a byte that is no UTF-8), and a "
                    + "backslash that would begin one is doubled.")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write results here instead of to standard output. By suffix: .txt, .json, .jsonl or .csv; "
                    + "for rows of classify .parquet too.")
    private Path file;

    Format format() {
        if (format != null) {
            return format;
        }
        return Optional.ofNullable(file).map(Format::of).orElse(Format.TEXT);
    }

    /** The format of rows, which has one more. */
    RowFormat rowFormat() {
        return format == null && file != null ? RowFormat.of(file) : RowFormat.of(format());
    }

    @Override
    public List<Path> outputs() {
        return file == null
                ? List.of()
                : Stream.concat(ClassificationReport.files(file).stream(), Stream.of(ShardNote.beside(file)))
                        .toList();
    }

    /** Says where the rows of so many images are, unless they are on standard output. */
    void told(Talk talk, long images, long failed) {
        if (file != null) {
            talk.written(images, failed, file);
        }
    }

    /** Whether rows go to a plain file. */
    boolean toFile() {
        return file != null;
    }

    Path file() {
        return file;
    }

    /**
     * Rows that go there, opened before the work is done.
     *
     * @param resume whether to go on from what a run that was cut off left
     */
    ClassificationReport openRows(OutputStream standardOutput, boolean resume) {
        if (resume && file == null) {
            throw UserError.usage("--resume goes on with a file of rows; name it with -o FILE");
        }
        if (resume && rowFormat().text().isEmpty()) {
            throw UserError.usage(
                    "--resume does not go on with Parquet, which is whole or not there; divide a long run with --shard I/N");
        }
        return ClassificationReport.open(rowFormat(), Optional.ofNullable(file), standardOutput, resume);
    }

    ReportSink open(OutputStream standardOutput) {
        format();
        return ReportSink.open(Optional.ofNullable(file), standardOutput);
    }
}
