package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The head that is solved: what {@code cnn train} does unless epochs are asked for. */
class LinearHeadCommandTest {
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";
    private static final String PENALTY =
            "linear head  C \\S+  cv_accuracy [01]\\.\\d{4} \\([01]\\.\\d{4} to [01]\\.\\d{4}\\)";
    private static final String FIGURES = "  loss \\d\\.\\d{4}  accuracy [01]\\.\\d{4}  val_loss \\d\\.\\d{4}  "
            + "val_accuracy [01]\\.\\d{4}  val_macro_f1 [01]\\.\\d{4}\n";

    @TempDir
    Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void makePictures() throws IOException {
        data = TrainingPictures.in(folder.resolve("data"), 20);
        model = folder.resolve("m.zip");
    }

    @Test
    void isWhatTrainDoes() throws IOException {
        Transcript run = train(data);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Object> summary = JSON.std.mapFrom(run.out());
        assertThat(summary.keySet())
                .containsSubsequence(
                        "model",
                        "epochs",
                        "best_epoch",
                        "loss",
                        "accuracy",
                        "val_loss",
                        "val_accuracy",
                        "train_images",
                        "validation_images",
                        "classes",
                        "failed_images",
                        "val_macro_f1",
                        "class_counts",
                        "majority_baseline",
                        "improved",
                        "solver",
                        "penalty",
                        "folds",
                        "cv_loss",
                        "cv_accuracy",
                        "cv_accuracy_interval",
                        "complete");
        assertThat(summary)
                .containsEntry("solver", "lbfgs")
                .containsEntry("train_images", 32)
                .containsEntry("folds", 5)
                .containsEntry("complete", true);
        assertThat(run.err())
                .matches("cnn: training images: left 16, right 16; always saying left has val_accuracy 0.5000\n"
                        + PENALTY + FIGURES);
        List<String> history = Files.readAllLines(folder.resolve("m.zip.history.csv"));
        assertThat(history).hasSize(21);
        assertThat(history.get(0)).isEqualTo("penalty,cv_loss,cv_accuracy,cv_accuracy_low,cv_accuracy_high,chosen");
        assertThat(history.stream().filter(row -> row.endsWith(",1")).map(row -> row.split(",")[0]))
                .singleElement()
                .satisfies(chosen ->
                        assertThat(Double.valueOf(chosen)).isEqualTo((Double) summary.get("penalty"), within(0.0)));
        assertThat(folder.resolve("m.zip.png")).exists();
        Transcript again = train(data, "--resume");
        assertThat(again.out()).isEqualTo(run.out());
        assertThat(again.err()).isEqualTo("cnn: done already: %s is what this training ends in\n".formatted(model));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBytes() throws IOException {
        assertThat(train(data, "--no-cache", "--threads", "1").exitCode()).isZero();
        byte[] bytes = Files.readAllBytes(model);
        byte[] history = Files.readAllBytes(folder.resolve("m.zip.history.csv"));
        for (String threads : List.of("2", "3")) {
            train(data, "--no-cache", "--threads", threads, "--overwrite");
            assertThat(model).hasBinaryContent(bytes);
            assertThat(folder.resolve("m.zip.history.csv")).hasBinaryContent(history);
        }
        train(data, "--overwrite", "--seed", "7");
        assertThat(Files.readAllBytes(model)).isNotEqualTo(bytes);
    }

    @Test
    void evaluateJudgesWhatWasHeldBack() throws IOException {
        Map<String, Object> trained = JSON.std.mapFrom(train(data).out());
        Map<String, Object> judged = evaluated();
        assertThat(judged).containsEntry("judged", "held-out").containsEntry("images", 8);
        assertThat(judged).containsEntry("accuracy", trained.get("val_accuracy"));
        assertThat((Double) judged.get("loss")).isCloseTo((Double) trained.get("val_loss"), within(1e-5));
    }

    @Test
    void refittedOnAllNothingIsHeldBack() throws IOException {
        Map<String, Object> trained = JSON.std.mapFrom(train(data).out());
        byte[] bytes = Files.readAllBytes(model);
        Map<String, Object> refitted =
                JSON.std.mapFrom(train(data, "--refit", "all", "--overwrite").out());
        assertThat(Files.readAllBytes(model)).isNotEqualTo(bytes);
        assertThat(refitted).containsEntry("val_loss", trained.get("val_loss"));
        assertThat(evaluated()).containsEntry("judged", "all").containsEntry("images", 40);
        Path parts = folder.resolve("parts");
        for (String part : List.of("train", "val")) {
            TrainingPictures.in(parts.resolve(part), 6);
        }
        train(parts, "--refit", "all", "--overwrite");
        assertThat(evaluate(parts.toString()).err())
                .isEqualTo("cnn: %s has learnt from images for validation too (--refit all); if these are they, they "
                                .formatted(model)
                        + "flatter the figures\n");
    }

    @Test
    void takesThePenaltyThatIsGiven() throws IOException {
        assertThat(JSON.std.mapFrom(
                        train(data, "--penalty", "0.25", "--folds", "3").out()))
                .containsEntry("penalty", 0.25)
                .containsEntry("folds", 3);
        assertThat(Files.readAllLines(folder.resolve("m.zip.history.csv"))).hasSize(2);
        Transcript other = train(data, "--penalty", "0.5", "--folds", "3", "--resume");
        assertThat(other.err())
                .isEqualTo("cnn: %s is of a training with penalty 0.25, not 0.5; train with that, or start anew with "
                                .formatted(model)
                        + "--overwrite instead of --resume\n");
        assertThat(other.exitCode()).isEqualTo(2);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        for (String option : List.of(
                "--epochs=3",
                "--batch-size=8",
                "--optimizer=adam",
                "--learning-rate=0.1",
                "--lr=0.1",
                "--momentum=0.5",
                "--nesterov=true",
                "--amsgrad=true",
                "--centered=true",
                "--weight-decay=0.1",
                "--clipnorm=1",
                "--schedule=cosine",
                "--warmup-steps=5",
                "--label-smoothing=0.1",
                "--l2=0.1",
                "--mixup=0.1",
                "--augment=flip",
                "--patience=3",
                "--select=f1",
                "--average=3",
                "--checkpoint-every=2")) {
            String name = option.substring(0, option.indexOf('=')).replace("--lr", "--learning-rate");
            assertFails(name + " does not go with --head linear", "--head", "linear", option);
            assertFails("--folds is for --head linear, and " + name + " means another training", "--folds=3", option);
        }
        assertFails("--penalty is for --head linear, and --head avg means", "--penalty=1", "--head=avg");
        assertFails("--refit is for --head linear, and --weights none means", "--refit=all", "--weights=none");
        assertFails("--penalty must be auto or a number from 1e-9 to 1e9, not 0", "--penalty=0");
        assertFails("--penalty must be auto or a number from 1e-9 to 1e9, not much", "--penalty=much");
        assertFails("--folds must be at least 2, not 1", "--folds=1");
        Transcript finetune = Transcript.of(
                "finetune",
                "--weights",
                TINY,
                "--head",
                "linear",
                "--unfreeze",
                "3",
                data.toString(),
                "-o",
                "" + model);
        assertThat(finetune.err())
                .startsWith("cnn: --head linear is not trained by gradient; ")
                .hasLineCount(1);
        assertThat(finetune.exitCode()).isEqualTo(2);
    }

    @Test
    void anyOptionOfEpochsMeansTrainingByGradient() throws IOException {
        Map<String, Object> summary =
                JSON.std.mapFrom(train(data, "--epochs", "2").out());
        assertThat(summary).containsEntry("epochs", 2).doesNotContainKey("solver");
        assertThat(Transcript.of("summary", "-m", model.toString(), "--weights", TINY)
                        .out())
                .contains("dropout");
    }

    @Test
    void fineTuningSaysWhichHeadComesFirstAndGoesOnFromALinearOne() throws IOException {
        List<String> words = List.of("--unfreeze", "3", "--finetune-epochs", "1", "--cache-dir", folder + "/cache");
        Transcript fromNothing = Transcript.of(with(
                words, "finetune", "--weights", TINY, "--epochs", "2", data.toString(), "-o", folder + "/tuned.zip"));
        assertThat(fromNothing.err())
                .contains("\ncnn: the head is trained first, alone: avg,dropout:0.2, 2 epochs of rmsprop\n");
        assertThat(train(data).exitCode()).isZero();
        Transcript further = Transcript.of(with(
                words, "finetune", "--weights", TINY, "--from", model.toString(), "" + data, "-o", folder + "/on.zip"));
        assertThat(further.exitCode()).as(further.err()).isZero();
        assertThat(JSON.std.mapFrom(further.out())).doesNotContainKey("solver").containsEntry("epochs", 1);
    }

    @Test
    void smallClassesMakeForFewerFolds() throws IOException {
        Path few = TrainingPictures.in(folder.resolve("few"), 4);
        Transcript run = train(few);
        assertThat(run.err())
                .contains(
                        "\ncnn: the smallest class has 3 different training images, so cross-validation has 3 folds, not 5\n");
        assertThat(JSON.std.mapFrom(run.out())).containsEntry("folds", 3);
        Path uneven = TrainingPictures.in(folder.resolve("uneven"), 4);
        TrainingPictures.picture(uneven.resolve("third/1.png"), 1, true);
        TrainingPictures.picture(uneven.resolve("third/2.png"), 2, true);
        assertThat(train(uneven, "--validation-split", "0.4", "--overwrite").err())
                .contains(
                        "\ncnn: third has one training image, which is always learnt from: cross-validation says nothing "
                                + "of it\n");
        Path parts = folder.resolve("parts");
        for (String part : List.of("train", "val")) {
            TrainingPictures.in(parts.resolve(part), 1);
        }
        Transcript alone = train(parts, "--overwrite");
        assertThat(alone.err())
                .contains(
                        "\ncnn: no class has two different training images, so nothing can be held back to choose the "
                                + "penalty by: C is 0.01\nlinear head  C 0.01  loss ");
        assertThat(JSON.std.mapFrom(alone.out())).containsEntry("folds", 0).doesNotContainKey("cv_accuracy");
        assertThat(Files.readAllLines(folder.resolve("m.zip.history.csv"))).hasSize(1);
        assertThat(folder.resolve("m.zip.png")).exists();
    }

    @Test
    void aClassWithoutImagesIsLeftOutOrToldAsElsewhere() throws IOException {
        Files.createDirectories(data.resolve("middle"));
        assertThat(train(data).err())
                .startsWith("cnn: %s has no images of middle, which is left out\n".formatted(data));
        Path parts = folder.resolve("parts");
        TrainingPictures.in(parts.resolve("train"), 4);
        TrainingPictures.picture(parts.resolve("val/left/1.png"), 1, true);
        Transcript run = train(parts, "--overwrite");
        assertThat(run.err()).contains("there are no images to validate with of right");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void interruptedItLeavesNoModelAndNoCheckpoint() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + System.getProperty("user.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "train",
                        TrainingPictures.in(folder.resolve("many"), 400).toString(),
                        "-m",
                        "cifar10",
                        "--cache-dir",
                        folder + "/cache",
                        "-o",
                        model.toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        while (process.isAlive() && !Files.readString(folder.resolve("err")).contains("training images")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        // A newer Java warns of native code where no launcher tells it not to.
        assertThat(Files.readString(folder.resolve("err")).replaceAll("WARNING: .*\n+", ""))
                .endsWith("cnn: stopping; once more ends it at once\n"
                        + "cnn: stopped before the head was found, so there is no model yet\n");
        assertThat(process.exitValue()).isEqualTo(130);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("m.zip"));
        }
    }

    @Test
    void tellsAPersonWhatWasFound() {
        List<String> words = List.of("--weights", TINY, "--cache-dir", folder + "/cache");
        Transcript run = Transcript.onTerminal(
                new Terminal(true, false), with(words, "train", data.toString(), "-o", model.toString()));
        assertThat(run.out())
                .matches("saved \\S+: 2 classes, a linear head with C = \\S+\n"
                        + "cross-validated accuracy [01]\\.\\d{4} \\(95 %: [01]\\.\\d{4} to [01]\\.\\d{4}\\), in 5 folds of the "
                        + "training images\n"
                        + "validation accuracy [01]\\.\\d{4}, loss \\d\\.\\d{4}, on 8 images\n"
                        + "next: cnn classify -m \\S+ IMAGE...\n      cnn evaluate -m \\S+ DATA --report report/\n");
    }

    private void assertFails(String message, String... options) {
        Transcript run = train(data, options);
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(model).doesNotExist();
    }

    private Map<String, Object> evaluated() throws IOException {
        return JSON.std.mapFrom(evaluate(data.toString(), "-f", "json").out());
    }

    private Transcript evaluate(String... words) {
        return Transcript.of(with(List.of(words), "evaluate", "-m", model.toString(), "--weights", TINY));
    }

    private Transcript train(Path images, String... options) {
        List<String> words = new ArrayList<>(List.of("train", images.toString(), "-o", model.toString()));
        if (Stream.of(options).noneMatch(option -> option.startsWith("--weights"))) {
            words.addAll(List.of("--weights", TINY));
        }
        if (!List.of(options).contains("--no-cache")) {
            words.addAll(List.of("--cache-dir", folder + "/cache"));
        }
        words.addAll(List.of(options));
        return Transcript.of(words.toArray(String[]::new));
    }

    private static String[] with(List<String> words, String... first) {
        return Stream.concat(Stream.of(first), words.stream()).toArray(String[]::new);
    }
}
