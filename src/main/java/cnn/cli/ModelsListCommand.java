package cnn.cli;

import cnn.report.Format;
import cnn.report.ModelList;
import cnn.report.ReportSink;
import cnn.zoo.WeightStore;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn models list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Show the networks: input size, parameters, published accuracy, licence, and where their weights are.")
final class ModelsListCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @Mixin
    private StoreOptions store;

    @Mixin
    private TalkOptions talkOptions;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or csv. Default: ${DEFAULT-VALUE}.")
    private Format format;

    ModelsListCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        WeightStore weights = store.open(talkOptions.open(streams.err(), streams.terminal()));
        List<ModelList.Entry> entries = new ArrayList<>();
        for (ZooModel model : Zoo.models()) {
            entries.add(new ModelList.Entry(model, weights.find(model.weights())));
        }
        try (ReportSink sink = ReportSink.open(Optional.empty(), streams.out())) {
            sink.write(new ModelList(entries).as(format).getBytes(StandardCharsets.UTF_8));
            sink.commit();
        }
        return 0;
    }
}
