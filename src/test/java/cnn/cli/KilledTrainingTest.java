package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills, as a smoke test; {@code scripts/kill-train} makes more. */
class KilledTrainingTest {

    @TempDir
    Path folder;

    @Test
    void killedAndResumedItEndsInTheSameBytes() throws Exception {
        Random random = new Random(5);
        TrainingPictures.in(folder.resolve("data"), 200);
        assertThat(Transcript.of(command("undisturbed.zip").toArray(String[]::new))
                        .exitCode())
                .isZero();
        int killed = 0;
        for (int kill = 0; kill < 5; kill++) {
            Process run = start();
            if (!run.waitFor(700 + random.nextInt(1200), TimeUnit.MILLISECONDS)) {
                run.destroyForcibly().waitFor();
                killed++;
            }
        }
        assertThat(killed).as("otherwise nothing is tested").isPositive();
        List<String> last = new ArrayList<>(command("m.zip"));
        last.add("--resume");
        assertThat(Transcript.of(last.toArray(String[]::new)).exitCode()).isZero();
        assertThat(folder.resolve("m.zip")).hasSameBinaryContentAs(folder.resolve("undisturbed.zip"));
        assertThat(folder.resolve("m.zip.history.csv"))
                .hasSameBinaryContentAs(folder.resolve("undisturbed.zip.history.csv"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.contains("checkpoint") || name.endsWith(".part"));
        }
    }

    private List<String> command(String output) {
        return List.of(
                "train",
                "-m",
                "lenet5",
                "--weights",
                "none",
                "--epochs",
                "30",
                "--augment",
                "hshift:0.1",
                "--checkpoint-every",
                "1",
                "--cache-dir",
                folder + "/cache",
                folder.resolve("data").toString(),
                "-o",
                folder.resolve(output).toString());
    }

    private Process start() throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(command("m.zip"));
        words.add("--resume");
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
