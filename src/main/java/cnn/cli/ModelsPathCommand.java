package cnn.cli;

import cnn.UserError;
import cnn.weights.PublishedFile;
import cnn.zoo.Zoo;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn models path}. */
@Command(
        name = "path",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Print where a network's weights are, control characters as escapes; exit code 4 if they are not here.")
final class ModelsPathCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @Mixin
    private ModelName name;

    @Option(names = "--no-top", description = "The file without the layers that turn features into classes.")
    private boolean noTop;

    @Mixin
    private StoreOptions store;

    @Mixin
    private TalkOptions talkOptions;

    ModelsPathCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        var model = Zoo.named(name.required());
        PublishedFile file = noTop ? model.weightsWithoutTop() : model.weights();
        Path path = store.open(talkOptions.open(streams.err(), streams.terminal()))
                .find(file)
                .orElseThrow(() -> UserError.weights(
                        "%s is not here; bring it with: cnn models pull %s".formatted(file.fileName(), model.name())));
        Lines.print(streams.out(), path);
        return 0;
    }
}
