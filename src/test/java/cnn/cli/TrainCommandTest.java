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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";

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
    void trainsAHeadAndLeavesModelHistoryAndCurves() throws IOException {
        Transcript run = train(data, "--weights", TINY, "--head", "flatten,dense:8:relu", "--epochs", "4");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(1);
        Map<String, Object> summary = JSON.std.mapFrom(run.lines().get(0));
        assertThat(summary).containsEntry("model", model.toString());
        assertThat(summary).containsEntry("epochs", 4);
        assertThat(summary).containsEntry("train_images", 32).containsEntry("validation_images", 8);
        assertThat(summary).containsEntry("classes", List.of("left", "right"));
        assertThat(run.err())
                .startsWith("cnn: training images: left 16, right 16; always saying left has val_accuracy 0.5000\n");
        assertThat(summary).containsEntry("class_counts", List.of(16, 16)).containsEntry("majority_baseline", 0.5);
        assertThat(summary).containsEntry("improved", true);
        assertThat(run.err().lines().skip(1))
                .hasSize(4)
                .allMatch(line -> line.matches("epoch [1-4]/4  loss \\d\\.\\d{4}  "
                        + "accuracy [01]\\.\\d{4}  val_loss \\d\\.\\d{4}  val_accuracy [01]\\.\\d{4}  "
                        + "val_macro_f1 [01]\\.\\d{4}"));
        List<String> history = Files.readAllLines(folder.resolve("m.zip.history.csv"));
        assertThat(history).hasSize(5);
        assertThat(history.get(0)).isEqualTo("epoch,loss,accuracy,val_loss,val_accuracy,val_macro_f1");
        assertThat(history.get((int) summary.get("best_epoch"))).contains("," + digits(run.out(), "val_loss") + ",");
        assertThat(names()).containsExactly("m.zip", "m.zip.history.csv", "m.zip.png");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        String[] options = {"-m", "lenet5", "--weights", "none", "--augment", "hshift:0.1", "--epochs", "3"};
        train(data, options);
        byte[] first = Files.readAllBytes(model);
        byte[] history = Files.readAllBytes(folder.resolve("m.zip.history.csv"));
        train(data, with(options, "--overwrite"));
        assertThat(model).hasBinaryContent(first);
        assertThat(folder.resolve("m.zip.history.csv")).hasBinaryContent(history);
        train(data, with(options, "--overwrite", "--seed", "7"));
        assertThat(Files.readAllBytes(model)).isNotEqualTo(first);
    }

    @Test
    void fineTunesWithThePhasesInTheHistory() throws IOException {
        Transcript run = Transcript.of(
                "finetune",
                "--weights",
                TINY,
                "--unfreeze",
                "3",
                "--epochs",
                "2",
                "--finetune-epochs",
                "2",
                "--cache-dir",
                folder + "/cache",
                data.toString(),
                "-o",
                model.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .startsWith("cnn: unfreezing 3 of the base's 7 layers: conv_dw_1, conv_dw_1_bn, conv_dw_1_relu\n")
                .contains("\nepoch 4/4  loss ");
        List<String> history = Files.readAllLines(folder.resolve("m.zip.history.csv"));
        assertThat(history.get(0)).isEqualTo("epoch,loss,accuracy,val_loss,val_accuracy,phase,val_macro_f1");
        assertThat(history.get(2)).matches("2,.*,head,[01]\\..*");
        assertThat(history.get(3)).matches("3,.*,finetune,[01]\\..*");
    }

    @Test
    void replacesNothingThatIsThereUnlessItIsToldTo() throws IOException {
        String[] scratch = {"-m", "lenet5", "--weights", "none", "--epochs", "1"};
        for (String suffix : List.of("", ".history.csv", ".png", ".checkpoint")) {
            Path there = Files.writeString(folder.resolve("m.zip" + suffix), "dear");
            Transcript run = train(data, scratch);
            assertThat(run.err()).isEqualTo("cnn: " + there + " exists already; --overwrite replaces it\n");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(there).hasContent("dear");
            Files.delete(there);
        }
        Files.writeString(model, "old");
        assertThat(train(data, with(scratch, "--overwrite")).exitCode()).isZero();
        assertThat(train(data, with(scratch, "--resume")).err()).doesNotContain("exists already");
    }

    @Test
    void drawsNoCurvesAmongTheImages() {
        model = data.resolve("left/m.zip");
        assertFails(2, "/left/m.zip.png would lie among the images of ", "-m", "lenet5", "--weights", "none");
        model = data.resolve("m.zip");
        assertThat(train(data, "-m", "lenet5", "--weights", "none", "--epochs", "1")
                        .exitCode())
                .isZero();
    }

    @Test
    void writesModelsToPlainFilesOnly() {
        Transcript run = Transcript.of(
                "train", data.toString(), "-m", "lenet5", "--weights", "none", "-o", "/dev/null", "--no-cache");
        assertThat(run.err()).isEqualTo("cnn: cannot write /dev/null: a model needs a plain file\n");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void saysWhereFineTuningDidNotHelpAndShowsEpochZero() throws IOException {
        train(data, "--weights", TINY, "--head", "avg", "--epochs", "30", "--optimizer", "adam");
        Path better = folder.resolve("better.zip");
        Transcript run = Transcript.of(
                "finetune",
                "--from",
                model.toString(),
                "--weights",
                TINY,
                "--unfreeze",
                "3",
                "--finetune-learning-rate",
                "10",
                "--finetune-epochs",
                "2",
                "--cache-dir",
                folder + "/cache",
                data.toString(),
                "-o",
                better.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("cnn: no epoch of fine-tuning was better than epoch 0 (val_loss ");
        assertThat(JSON.std.mapFrom(run.out()))
                .containsEntry("improved", false)
                .containsEntry("best_epoch", 0)
                .containsEntry("epochs", 2);
        List<String> history = Files.readAllLines(folder.resolve("better.zip.history.csv"));
        assertThat(history).hasSize(4);
        assertThat(history.get(1)).startsWith("0,");
    }

    @Test
    void saysWhatKnowingTheLargestClassOnlyWouldReach() throws IOException {
        for (int i = 6; i < 20; i++) {
            Files.delete(data.resolve("right/" + i + ".png"));
        }
        String[] options = {"--weights", TINY, "--head", "avg", "--epochs", "1", "--learning-rate", "1e-9"};
        Transcript run = train(data, options);
        assertThat(run.err())
                .contains("cnn: training images: left 16, right 5; always saying left has val_accuracy 0.8000\n")
                .contains("cnn: left has 3 times the images of right: try --class-weights balanced");
        Map<String, Object> summary = JSON.std.mapFrom(run.out());
        assertThat(summary).containsEntry("class_counts", List.of(16, 5));
        assertThat((Double) summary.get("majority_baseline")).isCloseTo(0.8, within(1e-6));
        boolean better = (Double) summary.get("val_accuracy") > 0.8001;
        assertThat(run.err().contains("is no better than always saying left; val_macro_f1 is "))
                .isNotEqualTo(better);
        assertThat(train(data, with(options, "--class-weights", "balanced")).err())
                .doesNotContain("try --class-weights");
    }

    @Test
    void theTestFolderIsReportedToo() throws IOException {
        Path parts = folder.resolve("parts");
        for (String part : List.of("train", "val", "test")) {
            TrainingPictures.in(parts.resolve(part), 4);
        }
        Transcript run = train(parts, "-m", "lenet5", "--weights", "none", "--epochs", "1");
        Map<String, Object> summary = JSON.std.mapFrom(run.out());
        assertThat(summary).containsEntry("test_images", 8);
        assertThat(summary.get("test_loss")).as("the same pictures").isEqualTo(summary.get("val_loss"));
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        String[] scratch = {"-m", "lenet5", "--weights", "none"};
        assertFails(4, "has no published weights", "-m", "lenet5");
        assertFails(4, "cannot read the model a.zip: no such file or directory", "-m", "a.zip");
        assertFails(2, "no optimizer 'foo'", with(scratch, "--optimizer", "foo"));
        assertFails(2, "--epochs must be at least 1", with(scratch, "--epochs", "0"));
        assertFails(2, "above 0 and below 1", with(scratch, "--validation-split", "1"));
        assertFails(3, "a dense layer needs a vector", with(scratch, "--head", "dense:4"));
        assertThat(model).doesNotExist();
        Transcript nowhere = Transcript.of("train", data.toString(), "-o", folder + "/no/m.zip");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.err()).startsWith("cnn: cannot write ").hasLineCount(1);
        Transcript tooMany = Transcript.of(
                "finetune", "--weights", TINY, "--unfreeze", "999", data.toString(), "-o", model.toString());
        assertThat(tooMany.exitCode()).isEqualTo(2);
        assertThat(tooMany.err())
                .contains("tiny has 7 layers without its top, so 1 to 7")
                .hasLineCount(1);
    }

    @Test
    void leavesStrayEmptyFoldersOut() throws IOException {
        Files.createDirectories(data.resolve("middle"));
        Transcript run = train(data, "-m", "lenet5", "--weights", "none", "--epochs", "1");
        assertThat(run.err()).startsWith("cnn: %s has no images of middle, which is left out\n".formatted(data));
        assertThat(JSON.std.mapFrom(run.out())).containsEntry("classes", List.of("left", "right"));
        Transcript judged = Transcript.of("evaluate", "-m", model.toString(), data.toString());
        assertThat(judged.out()).contains("\nNote: " + data.resolve("middle") + " has no images\n");
        assertThat(judged.exitCode()).isZero();
    }

    private void assertFails(int exitCode, String message, String... options) {
        Transcript run = train(data, options);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.err().lines().filter(line -> !line.contains("has no images of")))
                .hasSize(1);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }

    private Transcript train(Path images, String... options) {
        List<String> words = new ArrayList<>(List.of("train"));
        words.addAll(List.of(options));
        words.addAll(List.of("--cache-dir", folder + "/cache", images.toString(), "-o", model.toString()));
        return Transcript.of(words.toArray(String[]::new));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static String digits(String json, String name) {
        int from = json.indexOf("\"" + name + "\":") + name.length() + 3;
        return json.substring(from, json.indexOf(',', from));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
