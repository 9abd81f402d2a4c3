package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.model.Models;
import cnn.model.SavedModelFile;
import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were trained before, and data of other classes. */
class OtherClassesTest {
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";

    @TempDir
    Path folder;

    private Path two;
    private Path three;

    @BeforeEach
    void makePictures() throws IOException {
        two = TrainingPictures.in(folder.resolve("two"), 10);
        three = TrainingPictures.in(folder.resolve("three"), 10);
        for (int i = 0; i < 10; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xff0000 + i);
            Files.createDirectories(three.resolve("black"));
            ImageIO.write(image, "png", three.resolve("black/" + i + ".png").toFile());
        }
        Files.copy(Path.of(TINY), folder.resolve("tiny.h5"));
    }

    @Test
    void fineTuningLearnsANewClassAndKeepsTheOthers() throws IOException {
        run("train", "--weights", folder + "/tiny.h5", two.toString(), "-o", folder + "/two.zip");
        Transcript run = finetune(three, "three.zip", "--from", folder + "/two.zip");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .startsWith("cnn: classes: left, right kept; black new\n"
                        + "cnn: unfreezing 3 of the base's 8 layers: conv_dw_1_bn, conv_dw_1_relu, pool\n"
                        + "cnn: the head is trained first, alone: 20 epochs of rmsprop\n");
        Map<String, Object> summary = JSON.std.mapFrom(run.out());
        assertThat(summary).containsEntry("classes", List.of("black", "left", "right"));
        assertThat((Double) summary.get("val_accuracy")).isGreaterThan(0.6);
        List<String> history = Files.readAllLines(folder.resolve("three.zip.history.csv"));
        assertThat(history).hasSize(1 + 1 + 20 + 2);
        assertThat(history.get(1)).startsWith("0,");
        assertThat(history.get(2)).contains(",head,");
        assertThat(history.get(23)).contains(",finetune,");
        Transcript back = finetune(two, "back.zip", "--from", folder + "/three.zip");
        assertThat(back.err()).startsWith("cnn: classes: left, right kept; black dropped, as the data have none\n");
        assertThat(back.exitCode()).isZero();
        Transcript reproduced = run(
                "reproduce", folder + "/three.zip", three.toString(), "-o", folder + "/again.zip", "--threads", "2");
        assertThat(reproduced.exitCode())
                .as(reproduced.out() + reproduced.err())
                .isZero();
    }

    @Test
    void trainFromPutsALinearHeadOnTheBaseAsItIs() throws IOException {
        run("train", "--weights", folder + "/tiny.h5", "--epochs", "1", two.toString(), "-o", folder + "/two.zip");
        Transcript tuned = finetune(two, "tuned.zip", "--from", folder + "/two.zip", "--finetune-lr", "0.01");
        assertThat(JSON.std.mapFrom(tuned.out())).containsEntry("improved", true);
        Transcript run = run("train", "--from", folder + "/tuned.zip", three.toString(), "-o", folder + "/three.zip");
        assertThat(run.err())
                .startsWith("cnn: classes: left, right kept; black new\n")
                .contains("linear head  C ");
        run("train", "-m", folder + "/tuned.zip", three.toString(), "-o", folder + "/m.zip");
        assertThat(tail("three.zip")).isEqualTo(tail("m.zip"));
        assertThat(Models.describe(folder.resolve("three.zip")).trained())
                .contains("conv_dw_1", "dense")
                .doesNotContain("conv1");
    }

    @Test
    void trainFromByGradientGoesOnFromWhatTheHeadKnows() throws IOException {
        run(
                "train",
                "--weights",
                folder + "/tiny.h5",
                "--head",
                "avg,dense:5:relu",
                "--epochs",
                "9",
                two.toString(),
                "-o",
                folder + "/two.zip");
        Transcript same = run(
                "train", "--from", folder + "/two.zip", "--epochs", "1", two.toString(), "-o", folder + "/same.zip");
        List<String> first = Files.readAllLines(folder.resolve("two.zip.history.csv"));
        List<String> further = Files.readAllLines(folder.resolve("same.zip.history.csv"));
        double best = first.stream()
                .skip(1)
                .mapToDouble(OtherClassesTest::validationLoss)
                .min()
                .orElseThrow();
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(validationLoss(further.get(1))).isEqualTo(best);
        Transcript more = run(
                "train", "--from", folder + "/two.zip", "--epochs", "3", three.toString(), "-o", folder + "/three.zip");
        assertThat(more.err()).startsWith("cnn: classes: left, right kept; black new\n");
        assertThat(Models.describe(folder.resolve("three.zip")).trained())
                .containsExactlyInAnyOrder("dense", "dense_1");
        assertThat(Models.describe(folder.resolve("three.zip")).training().settings())
                .containsEntry("head", "kept");
        byte[] bytes = Files.readAllBytes(folder.resolve("three.zip"));
        run(
                "train",
                "--from",
                folder + "/two.zip",
                "--epochs",
                "3",
                three.toString(),
                "-o",
                folder + "/three.zip",
                "--overwrite");
        assertThat(folder.resolve("three.zip")).hasBinaryContent(bytes);
    }

    @Test
    void ofANetworkFromScratchTheLastLayerLearnsTheClasses() throws IOException {
        run("train", "-m", "lenet5", "--weights", "none", "--epochs", "1", two.toString(), "-o", folder + "/two.zip");
        Transcript run = run(
                "train", "--from", folder + "/two.zip", "--epochs", "1", three.toString(), "-o", folder + "/three.zip");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Transcript tuned = run(
                "finetune",
                "--from",
                folder + "/two.zip",
                "--unfreeze",
                "all",
                "--finetune-epochs",
                "1",
                three.toString(),
                "-o",
                folder + "/tuned.zip");
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();
        assertThat(Models.describe(folder.resolve("tuned.zip")).classes()).containsExactly("black", "left", "right");
    }

    @Test
    void refusesWhatTheModelHasItself() {
        run("train", "--weights", folder + "/tiny.h5", two.toString(), "-o", folder + "/two.zip");
        for (List<String> option : List.of(
                List.of("--head", "avg"),
                List.of("-m", "vgg16"),
                List.of("--input-size", "64"),
                List.of("--weights", "none"))) {
            List<String> words = new ArrayList<>(List.of("train", "--from", folder + "/two.zip", three.toString()));
            words.addAll(List.of("-o", folder + "/x.zip"));
            words.addAll(option);
            Transcript run = run(words.toArray(String[]::new));
            assertThat(run.err())
                    .isEqualTo(
                            "cnn: %s does not go with --from, which has all that from the model; -m %s puts a new head "
                                            .formatted(
                                                    option.get(0).equals("--weights")
                                                            ? "--weights none"
                                                            : option.get(0),
                                                    folder + "/two.zip")
                                    + "on it\n");
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    private String tail(String name) {
        try (SavedModelFile file = SavedModelFile.open(folder.resolve(name))) {
            return file.tailSha256();
        }
    }

    private static double validationLoss(String row) {
        return Double.parseDouble(row.split(",")[3]);
    }

    private Transcript finetune(Path data, String name, String... options) {
        List<String> words = new ArrayList<>(
                List.of("finetune", data.toString(), "-o", folder.resolve(name).toString()));
        words.addAll(List.of("--unfreeze", "3", "--finetune-epochs", "2", "--threads", "2"));
        words.addAll(List.of(options));
        return run(words.toArray(String[]::new));
    }

    private Transcript run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!words[0].equals("reproduce")) {
            all.addAll(List.of("--cache-dir", folder + "/cache"));
        }
        return Transcript.of(all.toArray(String[]::new));
    }
}
