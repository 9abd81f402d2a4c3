package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a folder that are no images by their names are told of, once, at the end. */
class PassedOverTest {
    private static final String WORDS = "passed over 4 files that are no images by suffix: 2 .heic, 1 without, 1 .txt";

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void makePictures() throws IOException {
        data = TrainingPictures.in(folder.resolve("data"), 4);
        for (String name : List.of("left/a.heic", "right/b.HEIC", "left/IMG0001", "right/notes.txt", "right/.hidden")) {
            Files.writeString(data.resolve(name), "x");
        }
    }

    @Test
    void byClassify() {
        Transcript run = Transcript.of("classify", "-m", "cifar10", data.toString());
        assertThat(run.err()).isEqualTo("cnn: " + WORDS + "\n");
        assertThat(run.exitCode()).isZero();
        assertThat(Transcript.of("classify", "-m", "cifar10", "-q", data.toString())
                        .err())
                .isEmpty();
        assertThat(Transcript.of("classify", "-m", "cifar10", data + "/left/*.png")
                        .err())
                .isEmpty();
    }

    @Test
    void byExtractFeatures() {
        Transcript run = Transcript.of(
                "extract-features",
                "-m",
                "mobilenet-0.25",
                "--weights",
                "none",
                "--no-cache",
                "-o",
                folder + "/f.npy",
                data.toString());
        assertThat(run.err()).isEqualTo("cnn: " + WORDS + "\n8 images, 0 failed -> " + folder.resolve("f.npy") + "\n");
    }

    @Test
    void byTrainAndEvaluate() {
        String model = folder.resolve("m.zip").toString();
        Transcript trained = Transcript.of(
                "train",
                data.toString(),
                "-m",
                "lenet5",
                "--weights",
                "none",
                "--epochs",
                "1",
                "--no-cache",
                "-o",
                model);
        assertThat(trained.err()).contains("cnn: under " + data + " " + WORDS + "\n");
        assertThat(Transcript.of("evaluate", "-m", model, data.toString()).out())
                .contains("Note: " + WORDS + "\n");
    }

    @Test
    void theEndOfTrainingSaysWhatToDoNextOnATerminal() {
        String model = folder.resolve("my model.zip").toString();
        Transcript run = Transcript.onTerminal(
                new Terminal(true, true),
                "train",
                data.toString(),
                "-m",
                "lenet5",
                "--weights",
                "none",
                "--epochs",
                "2",
                "--no-cache",
                "-o",
                model);
        assertThat(run.out())
                .matches("saved '" + model + "': 2 classes, epoch [12] of 2\n"
                        + "validation accuracy \\d\\.\\d{4}, loss \\d\\.\\d{4}, on 2 images\n"
                        + "next: cnn classify -m '" + model + "' IMAGE\\.\\.\\.\n"
                        + "      cnn evaluate -m '" + model + "' DATA --report report/\n");
        assertThat(run.err()).contains("epoch 1/2: [").contains("1 of 1 batch");
    }
}
