package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GoogLeNet from scratch by the commands: trained, classified with, converted. */
class GoogLeNetTrainingTest {

    @Test
    void learnsWhichSideIsBright(@TempDir Path folder) throws IOException {
        Path data = TrainingPictures.in(folder.resolve("data"), 16);
        String model = folder.resolve("g.zip").toString();
        Transcript trained = Transcript.of(
                "train",
                data.toString(),
                "-m",
                "googlenet",
                "--weights",
                "none",
                "--input-size",
                "32",
                "--epochs",
                "12",
                "--batch-size",
                "8",
                "--optimizer",
                "adam",
                "--learning-rate",
                "0.0003",
                "-o",
                model);
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        Transcript judged = Transcript.of("evaluate", "-m", model, data.toString(), "-f", "json");
        assertThat(judged.out()).as(judged.err()).containsPattern("\"accuracy\":(1|0\\.[89])");
        String whole = folder.resolve("g.keras").toString();
        assertThat(Transcript.of("export", model, "-o", whole).exitCode()).isZero();
        String bright = data.resolve("left/0.png").toString();
        assertThat(Transcript.of("classify", "-m", whole, "-f", "csv", bright).out())
                .contains(",ok,1,left,");
    }
}
