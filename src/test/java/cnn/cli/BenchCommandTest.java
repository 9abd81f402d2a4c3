package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

    @TempDir
    Path folder;

    @Test
    void allNetworksAreMeasuredWithRandomWeightsOnly() {
        assertRefused("--all goes with --weights none and without -m", "bench", "--all");
        assertRefused(
                "--all goes with --weights none and without -m", "bench", "--all", "-m", "vgg16", "--weights", "none");
    }

    @Test
    void thePictureIsOfAllNetworks() {
        String picture = folder.resolve("front.png").toString();
        assertRefused("it goes with --all", "bench", "-m", "lenet5", "--weights", "none", "-o", picture);
        String jpeg = folder.resolve("front.jpg").toString();
        assertRefused("PNG or an SVG", "bench", "--all", "--weights", "none", "-o", jpeg);
    }

    private static void assertRefused(String why, String... words) {
        Transcript run = Transcript.of(words);
        assertThat(run.err()).contains(why);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
