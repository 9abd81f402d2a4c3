package cnn.cli;

import cnn.UserError;
import cnn.report.OneLine;
import cnn.weights.PublishedFile;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cnn models verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Hold weight files against what is known of them, byte by byte; exit code 4 if one is damaged.",
        footerHeading = "Examples:%n",
        footer = {
            "  cnn models verify                      all that are here",
            "  cnn models verify vgg16",
            "  cnn models verify --accept my.h5       take a file that was changed on purpose for what it should be",
            ""
        })
final class ModelsVerifyCommand implements Callable<Integer> {
    private final Main.Streams streams;

    @Mixin
    private ModelName named;

    @Option(
            names = "--accept",
            paramLabel = "FILE",
            description = "Record this file's checksum anew, because it was changed on purpose.")
    private Path accepted;

    @Mixin
    private StoreOptions store;

    @Mixin
    private TalkOptions talkOptions;

    ModelsVerifyCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        WeightStore weights = store.open(talkOptions.open(streams.err(), streams.terminal()));
        if (accepted != null) {
            print("accepted", weights.ledger().accept(accepted));
            return 0;
        }
        Optional<String> name = named.ifNamed();
        int exitCode = 0;
        for (PublishedFile file : files(name)) {
            Optional<Path> found = weights.find(file);
            if (found.isPresent()) {
                exitCode = Math.max(exitCode, verify(weights, file, found.get()));
            } else if (name.isPresent() && file.equals(Zoo.named(name.get()).weights())) {
                throw UserError.weights(
                        "%s is not here; bring it with: cnn models pull %s".formatted(file.fileName(), name.get()));
            }
        }
        return exitCode;
    }

    private int verify(WeightStore weights, PublishedFile file, Path path) {
        try {
            print("ok", weights.ledger().verifyThoroughly(path, file.hashes()));
            return 0;
        } catch (UserError e) {
            streams.err().println("cnn: " + OneLine.of(e.getMessage()));
            return e.kind().exitCode();
        }
    }

    private static List<PublishedFile> files(Optional<String> name) {
        if (name.isPresent()) {
            ZooModel model = Zoo.named(name.get());
            return List.of(model.weights(), model.weightsWithoutTop());
        }
        return Zoo.publishedWeights().values().stream()
                .flatMap(weights -> Stream.of(weights.whole(), weights.withoutTop()))
                .toList();
    }

    private void print(String verdict, VerifiedFile file) {
        Lines.print(
                streams.out(),
                "%s  %s  sha256 %s".formatted(verdict, OneLine.of(file.path().toString()), file.sha256()));
    }
}
