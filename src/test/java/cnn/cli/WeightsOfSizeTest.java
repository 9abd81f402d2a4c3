package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.golden.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of MobileNet's published weights an input size takes; needs ../shared/weights, else it is skipped. */
class WeightsOfSizeTest {
    private static final String FILE = "mobilenet_2_5_%d_tf_no_top.h5";

    @TempDir
    Path models;

    private byte[] weights;

    @BeforeEach
    void readWeights() throws IOException {
        weights = Files.readAllBytes(Shared.path("weights/" + FILE.formatted(224)));
    }

    @Test
    void takesThoseTrainedAtTheSize() throws IOException {
        put(224);
        put(160);
        assertThat(extract("mobilenet-0.25", 160))
                .isEqualTo(
                        "cnn: mobilenet-0.25@160 with weights trained at that size; -m mobilenet-0.25@224 takes those "
                                + "trained at 224x224");
        assertThat(extract("mobilenet-0.25@224", 160)).isEmpty();
        assertThat(extract("mobilenet-0.25", 224)).isEmpty();
        assertThat(extract("mobilenet-0.25", 96)).isEmpty();
    }

    @Test
    void takesThoseThatAreHereAndSaysSo() throws IOException {
        put(224);
        assertThat(extract("mobilenet-0.25", 160))
                .isEqualTo(
                        "cnn: mobilenet-0.25 at 160x160 with weights trained at 224x224, which are here; cnn models pull "
                                + "mobilenet-0.25@160 brings those trained at 160x160");
    }

    @Test
    void wantsThoseOfTheSizeWhereNoneAreHere() {
        Transcript run = run("mobilenet-0.25", 160);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).contains(FILE.formatted(160) + " is in none of");
    }

    private String extract(String model, int size) {
        Transcript run = run(model, size);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.err()
                .lines()
                .filter(line -> line.startsWith("cnn: mobilenet"))
                .collect(Collectors.joining());
    }

    private Transcript run(String model, int size) {
        return Transcript.of(
                "extract-features",
                "--no-progress",
                "--offline",
                "--no-cache",
                "--models-dir",
                models.toString(),
                "-m",
                model,
                "--input-size",
                String.valueOf(size),
                "-o",
                models.resolve("features.npy").toString(),
                "sample-images/daisy.jpg");
    }

    private void put(int size) throws IOException {
        Files.write(models.resolve(FILE.formatted(size)), weights);
    }
}
