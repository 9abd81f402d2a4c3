package cnn.cli;

import cnn.data.OutputFiles;
import cnn.report.FeatureReport;
import cnn.shard.MergedShards;
import cnn.shard.MergedShards.Merged;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cnn merge}: the rows of all shards put together. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Put together what classify or extract-features wrote with --shard I/N and -o, in any order: the bytes of the run "
                    + "that was not divided.",
            "",
            "Beside the rows of each shard lies FILE.shard, written when they are whole. By that it is checked that all "
                    + "shards are of one run, that each is there once and as it was, and so that every input has its rows "
                    + "once. If not, nothing is written, and it says which shard is missing or of another run.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn classify --shard 1/2 -o 1.csv photos/ & cnn classify --shard 2/2 -o 2.csv photos/; wait",
            "  cnn merge -o all.csv 1.csv 2.csv",
            ""
        })
final class MergeCommand implements Callable<Integer>, Writing {
    private static final int SOME_FAILED = 1;

    private final Main.Streams streams;

    @Parameters(arity = "1..*", paramLabel = "SHARD", description = "The files of all shards.")
    private List<Path> shards;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write, in the format of the shards.")
    private Path output;

    @Mixin
    private TalkOptions talkOptions;

    MergeCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public List<Path> outputs() {
        return List.of(output, FeatureReport.indexOf(output));
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        OutputFiles outputs = OutputFiles.of(outputs());
        shards.stream().flatMap(file -> MergedShards.inputs(file).stream()).forEach(outputs::refuse);
        Merged merged = new MergedShards(shards, output).run();
        talk.written(merged.rows(), merged.failed(), output);
        return merged.failed() == 0 ? 0 : SOME_FAILED;
    }
}
