package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home in which nothing can be made, as it is where it is full or read-only: here because it is no folder. */
class UnwritableHomeTest {
    private static final String HOME = "user.home";
    private static final String TINY = "src/test/resources/cnn/keras/tiny.h5";
    private static final String WARNING = "cnn: nothing can be kept for the next time (";

    @TempDir
    private Path folder;

    private String homeBefore;

    @BeforeEach
    void moveHome() throws IOException {
        homeBefore = System.getProperty(HOME);
        System.setProperty(
                HOME, Files.writeString(folder.resolve("home"), "no folder").toString());
    }

    @AfterEach
    void moveBack() {
        System.setProperty(HOME, homeBefore);
    }

    @Test
    void theBundledNetworkAnswers() {
        Transcript run = Transcript.of("classify", "-m", "cifar10", "-k", "1", "sample-images/airliner.jpg");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("airplane");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void weightsAreUsedThoughTheirChecksumCannotBeKept() {
        Transcript run = Transcript.of("classify", "-m", TINY, "sample-images/airliner.jpg");
        assertThat(run.err()).startsWith(WARNING).hasLineCount(1);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void featuresAreComputedWithoutACache() {
        Path rows = folder.resolve("rows.csv");
        Transcript run = Transcript.of(
                "extract-features",
                "-m",
                "mobilenet-0.25",
                "--weights",
                "none",
                "--input-size",
                "32",
                "-o",
                rows.toString(),
                "sample-images/airliner.jpg",
                "sample-images/daisy.jpg");
        assertThat(run.err()).startsWith(WARNING).endsWith("\n2 images, 0 failed -> " + rows + "\n");
        assertThat(run.exitCode()).isZero();
        assertThat(rows).exists();
    }

    @Test
    void trainingWarnsOnce() throws IOException {
        Path data = TrainingPictures.in(folder.resolve("data"), 6);
        Path model = folder.resolve("m.zip");
        Transcript run = Transcript.of(
                "train",
                data.toString(),
                "-m",
                "convnet-cifar",
                "--weights",
                "none",
                "--epochs",
                "1",
                "-o",
                model.toString());
        assertThat(run.err().lines().filter(line -> line.startsWith(WARNING))).hasSize(1);
        assertThat(run.exitCode()).isZero();
        assertThat(model).exists();
    }

    @Test
    void aCacheThatIsNamedMustBeThere() {
        String place = folder.resolve("home/cache").toString();
        Transcript run = Transcript.of(
                "extract-features",
                "-m",
                "mobilenet-0.25",
                "--weights",
                "none",
                "--input-size",
                "32",
                "--cache-dir",
                place,
                "-o",
                folder.resolve("rows.csv").toString(),
                "sample-images/daisy.jpg");
        assertThat(run.err()).startsWith("cnn: cannot use the cache " + place).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
