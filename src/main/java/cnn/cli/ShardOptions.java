package cnn.cli;

import cnn.data.InputRange;
import cnn.data.Shard;
import cnn.report.ReportSink;
import cnn.shard.ShardNote;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which part of the inputs to work on, where several machines or processes share them. */
final class ShardOptions {

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Work on the I-th of N parts of the inputs only: all are listed first, and contiguous ranges of "
                            + "that list are the parts. Every machine gets the same command but for I and -o; `cnn merge` puts "
                            + "the parts together.")
    private String words;

    Optional<Shard> shard() {
        return Optional.ofNullable(words).map(Shard::parse);
    }

    /** Notes beside the rows of a shard what they are of, when they are whole; not beside a stream, which {@code cat} takes. */
    static void note(Optional<InputRange> range, long failed, Map<String, String> settings, List<Path> files) {
        range.filter(shard -> ReportSink.isPlainFile(files.get(0)))
                .ifPresent(shard -> ShardNote.of(shard, failed, settings, files).write(files.get(0)));
    }
}
