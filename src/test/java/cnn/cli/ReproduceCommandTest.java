package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.model.Models;
import cnn.model.Recipe;
import cnn.model.SavedModel;
import cnn.model.SavedModelFile;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

class ReproduceCommandTest {
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";

    @TempDir
    Path folder;

    private Path data;
    private Path model;
    private Path again;

    @BeforeEach
    void makePictures() throws IOException {
        data = TrainingPictures.in(folder.resolve("data"), 8);
        model = folder.resolve("m.zip");
        again = folder.resolve("again.zip");
        Files.copy(Path.of(TINY), folder.resolve("tiny.h5"));
    }

    @Test
    void aLinearHeadComesOutTheSame() throws IOException {
        train("--folds", "3", "--class-weights", "balanced");
        assertReproduced();
        Transcript json = reproduce("-f", "json", "--overwrite", "--threads", "1");
        Map<String, Object> report = JSON.std.mapFrom(json.out());
        assertThat(report.keySet())
                .containsExactly(
                        "model", "output", "reproduced", "equal_bytes", "equal_weights", "sha256", "differences");
        assertThat(report)
                .containsEntry("reproduced", true)
                .containsEntry("equal_bytes", true)
                .containsEntry("equal_weights", true)
                .containsEntry("differences", List.of());
        assertThat(json.exitCode()).isZero();
    }

    @Test
    void anAugmentedHeadComesOutTheSame() throws IOException {
        train(
                "--augment=flip,hshift:0.1",
                "--epochs",
                "3",
                "--optimizer",
                "sgd",
                "--nesterov",
                "--no-auto-orient",
                "--average",
                "2",
                "--seed",
                "7",
                "--threads",
                "2");
        assertThat(recipe().options())
                .contains("--augment=flip,hshift:0.1", "--nesterov=true", "--auto-orient=false", "--seed=7");
        assertReproduced("--threads", "2");
    }

    @Test
    void aFineTunedModelComesOutTheSame() throws IOException {
        train("--epochs", "2");
        Path first = folder.resolve("first.zip");
        Files.move(model, first);
        clear();
        finetune("--from", first.toString());
        assertReproduced("--threads", "2");
        Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(first, folder.resolve("elsewhere/first.zip"));
        Files.copy(Path.of(TINY), folder.resolve("elsewhere/tiny.h5"));
        Transcript lacking = reproduce("--overwrite", "--threads", "2");
        assertThat(lacking.err())
                .startsWith("cnn: %s was trained with first.zip of sha256 ".formatted(model))
                .endsWith("; there is none beside the model or here; name its folder with --files\n")
                .hasLineCount(1);
        assertThat(lacking.exitCode()).isEqualTo(4);
        assertReproduced("--overwrite", "--threads", "2", "--files", folder + "/elsewhere");
        Files.copy(model, folder.resolve("first.zip"));
        assertThat(reproduce("--overwrite").err()).contains(" is another; name its folder with --files\n");
    }

    @Test
    void headAndFineTuningFromANetworkComeOutTheSame() throws IOException {
        finetune("--weights", folder + "/tiny.h5", "--epochs", "2", "--finetune-lr", "auto");
        assertThat(recipe().options()).contains("--finetune-learning-rate=auto", "--epochs=2");
        assertReproduced("--threads", "2");
    }

    @Test
    void whatDiffersInTheDataIsToldAndNothingIsTrained() throws IOException {
        train();
        Map<Path, byte[]> before = contents();
        Files.delete(data.resolve("left/3.png"));
        TrainingPictures.picture(data.resolve("left/new.png"), 77, true);
        TrainingPictures.picture(data.resolve("right/8.png"), 78, false);
        Transcript run = reproduce();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(0))
                .matches("data: left: 1 image missing \\(sha256 [0-9a-f]{12}\\), 1 image new or changed \\("
                        + data.resolve("left/new.png") + "\\)");
        assertThat(run.lines().get(1))
                .isEqualTo("data: right: 1 image new or changed (%s)".formatted(data.resolve("right/8.png")));
        assertThat(run.lines().get(2))
                .isEqualTo("%s is not trained again: what it was made from is not the same".formatted(model));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(again).doesNotExist();
        assertThat(JSON.std.mapFrom(reproduce("-f", "json").out()))
                .containsEntry("reproduced", false)
                .containsEntry("equal_bytes", null)
                .containsEntry("output", null);
        TrainingPictures.picture(data.resolve("third/8.png"), 79, false);
        assertThat(reproduce().out()).startsWith("data: was of the classes left, right, is of left, right, third\n");
        assertThat(Files.readAllBytes(model)).isEqualTo(before.get(model));
    }

    @Test
    void renamedImagesThatComeInAnotherOrderAreTold() throws IOException {
        train();
        Files.move(data.resolve("left/0.png"), data.resolve("left/z.png"));
        assertThat(reproduce().out()).startsWith("data: the same images, in another order or in other parts\n");
    }

    @Test
    void otherThreadsAreTold() throws IOException {
        train("--epochs", "1", "--threads", "3");
        Transcript run = reproduce("--threads", "2");
        assertThat(run.out()).startsWith("threads: trained with 3, here 2; give --threads 3\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertReproduced("--threads", "3");
    }

    @Test
    void anotherProcessorOrVersionIsToldAndTrainedOnAllTheSame() throws IOException {
        train();
        Recipe recipe = recipe();
        rewrite(new Recipe(
                recipe.command(),
                recipe.options(),
                recipe.files(),
                recipe.threads(),
                "abacus",
                "cnn 0",
                recipe.contents()));
        Transcript run = reproduce();
        assertThat(run.lines().get(0)).startsWith("processor: was abacus, is ");
        assertThat(run.lines().get(1)).startsWith("version: was cnn 0, is cnn ");
        assertThat(run.lines().get(2))
                .isEqualTo("%s is not %s: the weights are the same to the last bit, what is said of them is not"
                        .formatted(again, model));
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void otherWeightsAreTold() throws IOException {
        train("--weights", "none", "--head", "avg", "--epochs", "1", "-m", "lenet5", "--threads", "2");
        Recipe recipe = recipe();
        List<String> options = new ArrayList<>(recipe.options());
        options.replaceAll(option -> option.replace("--head=avg", "--head=max"));
        rewrite(new Recipe(
                recipe.command(),
                options,
                recipe.files(),
                recipe.threads(),
                recipe.processor(),
                recipe.versions(),
                recipe.contents()));
        Transcript run = reproduce("--threads", "2");
        assertThat(run.out()).startsWith("settings: head was avg, is max\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void modelsOfOtherMakesAreRefusedInOneLine() throws IOException {
        Transcript run = Transcript.of(
                "reproduce",
                "src/test/resources/cnn/model/format1-flatten.zip",
                data.toString(),
                "-o",
                again.toString());
        assertThat(run.err())
                .isEqualTo(
                        "cnn: src/test/resources/cnn/model/format1-flatten.zip was made by a version of cnn that did "
                                + "not keep how; train it anew with this one, which does\n");
        assertThat(run.exitCode()).isEqualTo(4);
        train();
        Recipe recipe = recipe();
        for (String option : List.of("--output=/tmp/elsewhere", "--models-dir=/", "@file", "--no-such=1")) {
            rewrite(new Recipe(
                    "train", List.of(option), Map.of(), OptionalInt.empty(), recipe.processor(), "", Map.of()));
            Transcript hostile = reproduce();
            assertThat(hostile.err())
                    .isEqualTo("cnn: the model was trained with %s, which this cnn has not\n".formatted(option));
            assertThat(hostile.exitCode()).isEqualTo(4);
        }
        rewrite(new Recipe("quantize", List.of(), Map.of(), OptionalInt.empty(), recipe.processor(), "", Map.of()));
        assertThat(reproduce().err()).contains("was made by the command quantize, which this cnn has not");
        List<String> chosen = List.of("--auto=true", "--budget=1m");
        rewrite(new Recipe("train", chosen, Map.of(), OptionalInt.empty(), recipe.processor(), "", Map.of()));
        assertThat(reproduce().err())
                .contains(" was trained with --auto, whose choice depends on the time")
                .hasLineCount(1);
        for (String name : List.of("../tiny.h5", "/", "a\0b")) {
            rewrite(new Recipe(
                    "train",
                    List.of("--weights=" + name),
                    Map.of(name, "0".repeat(64)),
                    OptionalInt.empty(),
                    recipe.processor(),
                    "",
                    Map.of()));
            Transcript hostile = reproduce();
            assertThat(hostile.err()).contains(", which is no plain name").hasLineCount(1);
            assertThat(hostile.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void writesOverNothing() throws IOException {
        train();
        Map<Path, byte[]> before = contents();
        for (Path input : List.of(model, data.resolve("left/1.png"), folder.resolve("tiny.h5"))) {
            Transcript run = Transcript.of(
                    "reproduce", model.toString(), data.toString(), "--overwrite", "-o", input.toString());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.err()).contains(" is an input");
        }
        Files.writeString(again, "dear");
        Transcript exists = reproduce();
        assertThat(exists.err()).isEqualTo("cnn: %s exists already; --overwrite replaces it\n".formatted(again));
        assertThat(exists.exitCode()).isEqualTo(2);
        Files.delete(again);
        assertThat(contents().keySet()).isEqualTo(before.keySet());
        contents()
                .forEach((file, bytes) -> assertThat(bytes).as(file.toString()).isEqualTo(before.get(file)));
    }

    /** What does not decide the result of a training; whoever adds an option sees here that it is kept unless it is said. */
    @Test
    void everyOptionButThoseOfCircumstancesIsKept() {
        Set<String> left = new TreeSet<>();
        for (String name : List.of("train", "finetune")) {
            CommandSpec spec = Commands.all(null).getSubcommands().get(name).getCommandSpec();
            DecisiveOptions decisive = new DecisiveOptions(spec);
            spec.options().stream()
                    .filter(option -> !decisive.decides(option))
                    .forEach(option -> left.add(option.longestName()));
        }
        assertThat(left)
                .containsExactly(
                        "--cache-dir",
                        "--cache-limit",
                        "--help",
                        "--models-dir",
                        "--no-cache",
                        "--no-progress",
                        "--offline",
                        "--output",
                        "--overwrite",
                        "--quiet",
                        "--resume",
                        "--threads",
                        "--verbose",
                        "--verify-content",
                        "--version");
    }

    private void assertReproduced(String... options) throws IOException {
        Transcript run = reproduce(options);
        assertThat(run.out())
                .as(run.err())
                .matches("%s is %s, byte for byte \\(sha256 [0-9a-f]{64}\\)\n".formatted(again, model));
        assertThat(run.exitCode()).isZero();
        assertThat(again).hasSameBinaryContentAs(model);
    }

    private Transcript reproduce(String... options) {
        List<String> words = new ArrayList<>(List.of("reproduce", model.toString(), data.toString()));
        words.addAll(List.of("-o", again.toString()));
        words.addAll(List.of(options));
        return Transcript.of(words.toArray(String[]::new));
    }

    private void train(String... options) {
        run(List.of("train"), options);
    }

    private void finetune(String... options) {
        run(List.of("finetune", "--unfreeze", "3", "--finetune-epochs", "2", "--threads", "2"), options);
    }

    private void run(List<String> command, String... options) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(data.toString(), "-o", model.toString(), "--cache-dir", folder + "/cache"));
        if (Stream.of(options).noneMatch(option -> option.equals("--weights") || option.equals("--from"))) {
            words.addAll(List.of("--weights", folder + "/tiny.h5"));
        }
        words.addAll(List.of(options));
        Transcript run = Transcript.of(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private void clear() throws IOException {
        Files.deleteIfExists(folder.resolve("m.zip.history.csv"));
        Files.deleteIfExists(folder.resolve("m.zip.png"));
    }

    private Recipe recipe() {
        return Models.describe(model).training().recipe().orElseThrow();
    }

    private void rewrite(Recipe recipe) throws IOException {
        Path other = folder.resolve("other.zip");
        try (SavedModelFile file = SavedModelFile.open(model)) {
            SavedModel made = file.model().madeBy(recipe);
            SavedModelFile.write(other, made, file.tailWeights());
        }
        Files.move(other, model, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<Path, byte[]> contents() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder.resolve("cache")))
                    .collect(Collectors.toMap(file -> file, ReproduceCommandTest::bytes));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
