package cnn.cli;

import cnn.weights.PublishedFile;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn models pull}. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Download a network's weights, unless they are here, and print where they are.")
final class ModelsPullCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @Mixin
    private ModelName name;

    @Option(names = "--no-top", description = "The file without the layers that turn features into classes.")
    private boolean noTop;

    @Mixin
    private StoreOptions store;

    @Mixin
    private TalkOptions talkOptions;

    ModelsPullCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        Talk talk = talkOptions.open(streams.err(), streams.terminal());
        ZooModel model = Zoo.named(name.required());
        PublishedFile file = noTop ? model.weightsWithoutTop() : model.weights();
        Path path = store.open(talk).require(file).path();
        talk.clear();
        Lines.print(streams.out(), path);
        return 0;
    }
}
