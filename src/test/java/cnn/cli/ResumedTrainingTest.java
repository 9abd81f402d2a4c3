package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumedTrainingTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void makePictures() throws IOException {
        TrainingPictures.in(folder.resolve("data"), 100);
        model = folder.resolve("m.zip");
    }

    @Test
    void whatIsFinishedIsPrintedAgainAndLeftAsItIs() throws IOException {
        Transcript first = run(words("m.zip", "2"));
        byte[] bytes = Files.readAllBytes(model);
        var touched = Files.getLastModifiedTime(model);
        Transcript again = run(words("m.zip", "2", "--resume"));
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(again.err()).isEqualTo("cnn: done already: %s is what this training ends in\n".formatted(model));
        assertThat(again.exitCode()).isZero();
        assertRefused("epochs 2, not 3", words("m.zip", "3", "--resume"));
        assertRefused("optimizer rmsprop, not adam", words("m.zip", "2", "--resume", "--optimizer", "adam"));
        TrainingPictures.picture(folder.resolve("data/left/new.png"), 999, true);
        assertRefused("data ", words("m.zip", "2", "--resume"));
        assertThat(model).hasBinaryContent(bytes);
        assertThat(Files.getLastModifiedTime(model)).isEqualTo(touched);
    }

    @Test
    void drawsTheCurvesThatAKillInterrupted() throws IOException {
        assertThat(run(words("m.zip", "2")).exitCode()).isZero();
        Path curves = folder.resolve("m.zip.png");
        byte[] drawn = Files.readAllBytes(curves);
        Files.write(curves, new byte[] {1}); // of an earlier stop
        Path half = Files.write(folder.resolve(".m.zip.png123.part"), new byte[] {2});
        assertThat(run(words("m.zip", "2", "--resume")).exitCode()).isZero();
        assertThat(curves).hasBinaryContent(drawn);
        assertThat(half).doesNotExist();
    }

    @Test
    void stoppedItSavesTheBestSoFarAndGoesOnToTheSameBytes() throws Exception {
        assertThat(run(words("undisturbed.zip", "40")).exitCode()).isZero();
        Process process = start(words("m.zip", "40"));
        Path history = folder.resolve("m.zip.history.csv");
        while (process.isAlive()
                && (!Files.exists(history) || Files.readAllLines(history).size() < 4)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String err = Files.readString(folder.resolve("err"));
        assertThat(process.exitValue()).as(err).isEqualTo(130);
        assertThat(err).containsPattern("\ncnn: stopped at epoch \\d+; --resume goes on ");
        assertThat(JSON.std.mapFrom(Files.readString(folder.resolve("out")))).containsEntry("complete", false);
        assertThat(folder.resolve("m.zip.checkpoint")).exists();
        assertThat(Transcript.of("summary", "-m", model.toString()).out())
                .containsPattern("\nNot complete: training was stopped at epoch \\d+, ");
        assertThat(Transcript.of("classify", "-m", model.toString(), folder + "/data/left/1.png")
                        .exitCode())
                .isZero();
        Transcript last = run(words("m.zip", "40", "--resume"));
        assertThat(last.exitCode()).as(last.err()).isZero();
        assertThat(last.err()).startsWith("cnn: training images: ").contains("cnn: going on after epoch ");
        assertThat(model).hasSameBinaryContentAs(folder.resolve("undisturbed.zip"));
        assertThat(folder.resolve("m.zip.checkpoint")).doesNotExist();
    }

    private void assertRefused(String difference, List<String> words) {
        Transcript run = run(words);
        assertThat(run.err())
                .startsWith("cnn: %s is of a training with %s".formatted(model, difference))
                .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private List<String> words(String output, String epochs, String... more) {
        List<String> words = new ArrayList<>(List.of("train", "-m", "lenet5", "--weights", "none", "--epochs", epochs));
        words.addAll(
                List.of("--cache-dir", folder + "/cache", folder.resolve("data").toString()));
        words.addAll(List.of("-o", folder.resolve(output).toString()));
        words.addAll(List.of(more));
        return words;
    }

    private static Transcript run(List<String> words) {
        return Transcript.of(words.toArray(String[]::new));
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(arguments);
        return new ProcessBuilder(words)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }
}
