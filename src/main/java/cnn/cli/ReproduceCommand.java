package cnn.cli;

import cnn.IoReason;
import cnn.UserError;
import cnn.files.FileNames;
import cnn.model.Models;
import cnn.model.Recipe;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import cnn.report.ReproductionReport;
import cnn.train.Difference;
import cnn.train.Repetition;
import cnn.train.TrainingFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cnn reproduce}: trains a saved model again, to the same bytes. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Train a saved model again from what it says of itself, and tell whether the same bytes come out.",
            "",
            "Images, weights, settings and the number of threads are compared first; what is not as it was is told, a line each, "
                    + "and nothing is trained. Another kind of processor or another version is told too, and trained on all the same: "
                    + "equal bytes are promised on the same ones. Everything is computed anew, without the cache.",
            "",
            "Exit code 0: the same bytes; 1: something differs. A model of a version that kept no recipe is refused.",
            ""
        },
        footerHeading = "Examples:%n",
        footer = {
            "  cnn reproduce pets.zip photos/ -o again.zip",
            "  cnn reproduce better.zip photos/ --files models/ -o again.zip    where better.zip went on from models/pets.zip",
            "  cnn reproduce pets.zip photos/ --threads 2 -f json -o again.zip",
            ""
        })
final class ReproduceCommand implements Callable<Integer>, Writing {
    private static final int DIFFERS = 1;

    private enum Told {
        TEXT,
        JSON
    }

    private final Main.Streams streams;

    @Parameters(paramLabel = "MODEL", index = "0", description = "A model that `cnn train` or `cnn finetune` made.")
    private Path model;

    @Parameters(paramLabel = "DATA", index = "1", description = "The images that it was trained on.")
    private Path data;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "NEW",
            required = true,
            description = "Where the model goes that is trained now, and beside it NEW.history.csv and NEW.png.")
    private Path output;

    @Mixin
    private OverwriteOptions overwrite;

    @Option(
            names = "--files",
            paramLabel = "DIR",
            description =
                    "Where the files are that the training was given besides DATA, such as --from pets.zip, if they are "
                            + "neither beside MODEL nor here.")
    private Path files;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Of what is told on standard output. Default: ${DEFAULT-VALUE}.")
    private Told format;

    @Mixin
    private ThreadOptions threads;

    @Mixin
    private StoreOptions store;

    @Mixin
    private TalkOptions talkOptions;

    ReproduceCommand(Main.Streams streams) {
        this.streams = streams;
    }

    @Override
    public List<Path> outputs() {
        return new TrainingFiles(output).all();
    }

    @Override
    public Integer call() {
        overwrite.check(outputs());
        SavedModel then = Models.describe(model);
        Recipe recipe = recipe(then);
        List<Difference> differences = new ArrayList<>();
        Trains command = command(recipe);
        int exitCode = command.job().run(quiet(), command.request(), training -> {
            differences.addAll(new Repetition(training, threads.threads()).differences(then));
            return differences.stream().noneMatch(Difference::isDecisive);
        });
        if (exitCode == StopSignals.EXIT_CODE) {
            return exitCode;
        }
        ReproductionReport report = new ReproductionReport(
                model, output, differences, exitCode == 0 ? Optional.of(compared()) : Optional.empty());
        Lines.printText(streams.out(), format == Told.JSON ? report.json() : report.text());
        return report.reproduced() ? 0 : DIFFERS;
    }

    private Recipe recipe(SavedModel then) {
        Recipe recipe = then.training()
                .recipe()
                .orElseThrow(() -> UserError.weights(
                        "%s was made by a version of cnn that did not keep how; train it anew with this one, which does"
                                .formatted(model)));
        if (!then.training().complete()) {
            throw UserError.weights(
                    "%s was stopped before its training came to its end, which cannot be done again in the same "
                                    .formatted(model)
                            + "place; finish it with --resume");
        }
        if (recipe.options().contains("--auto=true")) {
            throw UserError.weights(
                    "%s was trained with --auto, whose choice depends on the time it has, so that it cannot be done again; "
                                    .formatted(model)
                            + "`cnn summary` says what it chose: train that by options");
        }
        return recipe;
    }

    /** The command that made the model, with its options. */
    private Trains command(Recipe recipe) {
        if (!List.of("train", "finetune").contains(recipe.command())) {
            throw UserError.weights(
                    "%s was made by the command %s, which this cnn has not".formatted(model, recipe.command()));
        }
        CommandLine cnn = Main.commandLine(quiet(), List.of(recipe.command()));
        CommandSpec spec = cnn.getSubcommands().get(recipe.command()).getCommandSpec();
        List<String> words = new ArrayList<>(List.of(recipe.command()));
        words.addAll(new DecisiveOptions(spec).words(recipe, this::find));
        words.addAll(List.of(
                "--output=" + FileNames.of(output), "--overwrite", "--no-cache", "--threads=" + threads.threads()));
        words.addAll(store.words());
        words.addAll(talkOptions.words());
        words.addAll(List.of("--", FileNames.of(data)));
        new NamedInputs(List.of())
                .refuse(cnn.parseArgs(words.toArray(String[]::new)).subcommand());
        return (Trains) spec.userObject();
    }

    /** A file that the training was given, told by its content. */
    private Path find(String name, String sha256) {
        if (!name.matches("[^/\\x00]{1,255}")) {
            throw UserError.weights("%s names a file %s, which is no plain name".formatted(model, name));
        }
        List<Path> found = Stream.concat(
                        Optional.ofNullable(files).map(folder -> folder.resolve(name)).stream(),
                        Stream.of(model.resolveSibling(name), Path.of(name)))
                .filter(Files::isRegularFile)
                .toList();
        for (Path file : found) {
            if (DecisiveOptions.sha256(file).equals(sha256)) {
                return file;
            }
        }
        throw UserError.weights("%s was trained with %s of sha256 %s; %s; name its folder with --files"
                .formatted(
                        model,
                        name,
                        sha256,
                        found.isEmpty() ? "there is none beside the model or here" : found.get(0) + " is another"));
    }

    private ReproductionReport.Compared compared() {
        try (SavedModelFile before = SavedModelFile.open(model);
                SavedModelFile after = SavedModelFile.open(output)) {
            return new ReproductionReport.Compared(
                    Files.mismatch(model, output) < 0,
                    before.tailSha256().equals(after.tailSha256()),
                    DecisiveOptions.sha256(output));
        } catch (IOException e) {
            throw UserError.data("cannot read %s: %s".formatted(model, IoReason.of(e)), e);
        }
    }

    /** What training prints is no result here. */
    private Main.Streams quiet() {
        return new Main.Streams(streams.in(), OutputStream.nullOutputStream(), streams.err(), streams.terminal());
    }
}
