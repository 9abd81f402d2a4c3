package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that lacks memory for one of its images ends, and does not go another way without it. */
class ScarceMemoryTrainingTest {
    private static final int SIDE = 5000;

    @TempDir
    Path folder;

    @BeforeEach
    void makePictures() throws IOException {
        TrainingPictures.in(folder.resolve("data"), 10);
        BufferedImage large = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        ImageIO.write(large, "jpg", folder.resolve("data/left/large.jpg").toFile());
    }

    @Test
    void ofPicturesItEndsWithExitFourAndNoModel() throws Exception {
        assertLacksMemory(List.of("-m", "lenet5", "--weights", "none", "--input-size", "28"));
    }

    @Test
    void ofFeaturesItEndsWithExitFourAndNoModel() throws Exception {
        assertLacksMemory(List.of("--weights", "src/test/resources/cnn/keras/tiny.h5", "--head", "avg"));
    }

    @Test
    void whereItFitsItIsTrainedOn() throws Exception {
        assertThat(train("400m", List.of("-m", "lenet5", "--weights", "none", "--input-size", "28")))
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        assertThat(Files.readString(folder.resolve("out"))).contains("\"failed_images\":0");
    }

    private void assertLacksMemory(List<String> options) throws Exception {
        assertThat(train("40m", options))
                .as(Files.readString(folder.resolve("err")))
                .isEqualTo(4);
        assertThat(Files.readString(folder.resolve("err")))
                .contains("large.jpg: the JPEG image does not fit in memory: ");
        assertThat(folder.resolve("m.zip")).doesNotExist();
        assertThat(folder.resolve("m.zip.history.csv")).doesNotExist();
    }

    private int train(String heap, List<String> options) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "--epochs",
                "1",
                "--no-cache",
                "-o",
                folder.resolve("m.zip").toString(),
                folder.resolve("data").toString()));
        words.addAll(options);
        Process process = new ProcessBuilder(words)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
