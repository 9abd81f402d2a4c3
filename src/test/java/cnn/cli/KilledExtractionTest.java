package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills, as a smoke test; {@code scripts/kill-loop} makes hundreds. */
class KilledExtractionTest {
    private static final int IMAGES = 60;

    @TempDir
    Path folder;

    @Test
    void killedAndRunAgainItEndsInTheSameBytes() throws Exception {
        Random random = new Random(3);
        Path photos = Files.createDirectories(folder.resolve("photos"));
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 300 * 300; pixel++) {
                image.setRGB(pixel % 300, pixel / 300, random.nextInt());
            }
            ImageIO.write(image, "png", photos.resolve(i + ".png").toFile());
        }
        assertThat(Transcript.of(command("undisturbed.npy", "undisturbed").toArray(String[]::new))
                        .exitCode())
                .isZero();
        for (int kill = 0; kill < 4; kill++) {
            Process one = start("one.npy");
            Process other = start("other.npy");
            if (!one.waitFor(600 + random.nextInt(600), TimeUnit.MILLISECONDS)) {
                one.destroyForcibly().waitFor();
            }
            other.destroyForcibly().waitFor();
            assertThat(folder.resolve("other.npy").toFile().exists() && !wasWhole("other.npy"))
                    .isFalse();
        }
        Transcript last = Transcript.of(command("one.npy", "cache").toArray(String[]::new));
        assertThat(last.exitCode()).isZero();
        assertThat(folder.resolve("one.npy")).hasSameBinaryContentAs(folder.resolve("undisturbed.npy"));
        assertThat(folder.resolve("one.npy.csv")).hasSameBinaryContentAs(folder.resolve("undisturbed.npy.csv"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("what the killed ones left of this output is swept away")
                    .noneMatch(name -> name.startsWith(".one.npy"));
        }
    }

    private boolean wasWhole(String name) throws IOException {
        return Files.mismatch(folder.resolve(name), folder.resolve("undisturbed.npy")) == -1;
    }

    private List<String> command(String output, String cache) {
        return List.of(
                "extract-features",
                "-m",
                "mobilenet-0.25",
                "--weights",
                "none",
                "--cache-dir",
                folder.resolve(cache).toString(),
                "-o",
                folder.resolve(output).toString(),
                folder.resolve("photos").toString());
    }

    private Process start(String output) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        all.addAll(command(output, "cache"));
        return new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
