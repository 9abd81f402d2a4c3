package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.model.Models;
import cnn.model.SavedModels;
import cnn.onednn.OneDnn;
import cnn.program.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head that learns from what int8 makes of the images. */
class TrainInt8Test {
    private static final String FOUND =
            "cnn: int8: ranges of what is not trained are found from 20 of 20 training images (mse)\n";

    @TempDir
    private Path folder;

    private String pictures;
    private String model;

    @BeforeEach
    void drawPictures() throws IOException {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        pictures = TrainingPictures.in(folder.resolve("pictures"), 12).toString();
        model = folder.resolve("sides.zip").toString();
    }

    @Test
    void findsRangesFromTheTrainingImagesAndKeepsThem() {
        Transcript trained = run("train", "--precision", "int8");
        assertThat(trained.err()).startsWith(FOUND);
        assertThat(trained.out()).contains("\"val_accuracy\":1.0");
        assertThat(Models.describe(Path.of(model)).training().origin().get("arithmetic"))
                .asString()
                .startsWith("arithmetic 1, int8 ");
        Transcript rows = Transcript.of("classify", "-m", model, "--precision", "int8", "--verbose", pictures);
        assertThat(rows.err()).containsPattern("cnn: dense\\S* stays in fp32: as asked");
        assertThat(rows.exitCode()).isZero();
    }

    @Test
    void endsInTheSameBytesWithAnyNumberOfThreads() throws IOException {
        run("train", "--precision", "int8", "--threads", "1");
        byte[] first = Files.readAllBytes(Path.of(model));
        run("train", "--precision", "int8", "--threads", "2", "--overwrite");
        assertThat(Files.readAllBytes(Path.of(model))).isEqualTo(first);
    }

    @Test
    void knowsItsTrainingAgainAndNoOther() {
        run("train", "--precision", "int8", "--epochs", "2");
        Transcript again = run("train", "--precision", "int8", "--epochs", "2", "--resume");
        assertThat(again.err()).contains("done already");
        Transcript other = Transcript.of(words("train", "--epochs", "2", "--resume"));
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("is of a training with precision int8, not fp32");
    }

    @Test
    void learnsOnAugmentedPicturesAndUnfrozenLayers() throws IOException {
        run("train", "--precision", "int8", "--epochs", "1", "--augment", "flip");
        Path base = SavedModels.writeBase(folder.resolve("base.h5"), 1);
        Transcript tuned = Transcript.of(
                "finetune",
                "-m",
                "mobilenet-0.25",
                "--weights",
                base.toString(),
                "--input-size",
                "32",
                "--precision",
                "int8",
                "--no-cache",
                "--epochs",
                "1",
                "--finetune-epochs",
                "1",
                "--unfreeze",
                "3",
                pictures,
                "-o",
                folder + "/tuned.zip");
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();
        assertThat(tuned.err()).contains(FOUND);
        Transcript rows =
                Transcript.of("classify", "-m", folder + "/tuned.zip", "--precision", "int8", "--verbose", pictures);
        assertThat(rows.exitCode()).as(rows.err()).isZero();
        assertThat(rows.err())
                .containsPattern("cnn: conv_(dw|pw)_13 stays in fp32: as asked")
                .doesNotContain("_12 stays in fp32");
    }

    @Test
    void saysThatNothingIsFrozen() {
        Transcript scratch = Transcript.of(
                "train",
                "-m",
                "lenet5",
                "--weights",
                "none",
                "--precision",
                "int8",
                "--epochs",
                "1",
                pictures,
                "-o",
                model);
        assertThat(scratch.exitCode()).as(scratch.err()).isZero();
        assertThat(scratch.err()).contains("cnn: all layers learn, in fp32: --precision int8 changes nothing\n");
    }

    private Transcript run(String... options) {
        Transcript run = Transcript.of(words(options));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private String[] words(String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-m", "cifar10", "--no-cache", pictures, "-o", model));
        return words.toArray(String[]::new);
    }
}
