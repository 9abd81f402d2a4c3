package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerboseTest {
    private static final String SECONDS = " \\(\\d+\\.\\d\\d s\\)\n";

    @TempDir
    private Path folder;

    @Test
    void classifySaysWhatIsDoneAndHowLongItTook() {
        Transcript run = Transcript.of(
                "classify", "--verbose", "-m", "src/test/resources/cnn/keras/tiny.h5", "sample-images/daisy.jpg");
        assertThat(run.err())
                .matches("cnn: weights src/test/resources/cnn/keras/tiny\\.h5 checked, sha256 [0-9a-f]{64}" + SECONDS
                        + "cnn: network \\S+ is ready" + SECONDS + "cnn: 1 image, 0 failed" + SECONDS);
    }

    @Test
    void trainSaysWhatIsDoneAndHowLongItTook() throws IOException {
        Path data = TrainingPictures.in(folder.resolve("data"), 6);
        Path model = folder.resolve("m.zip");
        Transcript run = Transcript.of(
                "train",
                data.toString(),
                "--verbose",
                "-m",
                "convnet-cifar",
                "--weights",
                "none",
                "--epochs",
                "1",
                "-o",
                model.toString());
        assertThat(run.err())
                .containsPattern("cnn: data read: 10 images to train, 2 to validate" + SECONDS)
                .containsPattern("cnn: network is ready" + SECONDS)
                .containsPattern("cnn: trained" + SECONDS)
                .containsPattern("cnn: " + model + " written" + SECONDS);
    }
}
