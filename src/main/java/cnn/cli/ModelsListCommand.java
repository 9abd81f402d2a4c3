package cnn.cli;

import cnn.model.BundledModel;
import cnn.model.Models;
import cnn.model.SavedModel;
import cnn.report.ModelList;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cnn models list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Show the networks: input size, parameters, published accuracy, and where their weights are; licences are in csv and json.")
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
        for (BundledModel bundled : BundledModel.values()) {
            entries.add(entry(bundled));
        }
        for (ZooModel model : Zoo.models()) {
            entries.add(
                    ModelList.Entry.of(model, model.published().flatMap(published -> weights.find(published.whole()))));
        }
        table.print(streams.out(), new ModelList(entries)::as);
        return 0;
    }

    private static ModelList.Entry entry(BundledModel bundled) {
        SavedModel model = Models.describe(bundled.file());
        Optional<Double> percent = Optional.ofNullable(
                        model.training().metrics().get("test_accuracy"))
                .map(accuracy -> Math.round(((Number) accuracy).doubleValue() * 1000) / 10.0);
        return new ModelList.Entry(
                bundled.id(),
                model.network().input().outputShape().height(),
                model.network().parameters(),
                Optional.empty(),
                percent,
                "Apache-2.0",
                Optional.of(bundled.file()));
    }
}
