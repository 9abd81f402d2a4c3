package cnn.cli;

import cnn.report.ModelList;
import cnn.zoo.WeightStore;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private TableOptions table;

    ModelsListCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        WeightStore weights = store.open(talkOptions.open(streams.err(), streams.terminal()));
        List<ModelList.Entry> entries = new ArrayList<>();
        for (ZooModel model : Zoo.models()) {
            entries.add(new ModelList.Entry(
                    model, model.published().flatMap(published -> weights.find(published.whole()))));
        }
        table.print(streams.out(), new ModelList(entries)::as);
        return 0;
    }
}
