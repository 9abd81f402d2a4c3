package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.image.TestPicture;
import cnn.onednn.OneDnn;
import cnn.program.Precision;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Test
    void eachArithmeticOfTheMachineStandsInOneTable() throws IOException {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        TestPicture.write(pictures.resolve("a.jpg"), 40, 30);
        TestPicture.write(pictures.resolve("b.jpg"), 64, 64);
        Files.writeString(pictures.resolve("torn.jpg"), "no picture");
        Transcript run =
                bench("-m", "convnet-cifar", "--weights", "none", "-f", "json", "--image", pictures.toString());
        assertThat(run.err()).contains("1 image cannot be read and is left out");
        Map<String, Object> told = JSON.std.mapFrom(run.out());
        assertThat(told).containsEntry("precision", "fp32").containsEntry("images", 2);
        List<?> all = (List<?>) told.get("precisions");
        assertThat(all.stream().map(one -> (String) ((Map<?, ?>) one).get("precision")))
                .contains("fp32", "int8")
                .doesNotHaveDuplicates();
        for (Object one : all) {
            Map<?, ?> speed = (Map<?, ?>) one;
            Map<?, ?> shares = (Map<?, ?>) speed.get("shares");
            assertThat(shares.keySet().toString()).isEqualTo("[decode, preprocess, forward, other]");
            assertThat(shares.values().stream()
                            .mapToDouble(share -> (double) share)
                            .sum())
                    .isCloseTo(1, within(1e-6));
            assertThat(shares.containsKey(speed.get("largest_share"))).isTrue();
        }
    }

    @Test
    void rangesThatAreNamedAreForInt8() throws IOException {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        Path picture = TestPicture.write(folder.resolve("a.jpg"), 40, 30);
        String ranges = folder.resolve("ranges.json").toString();
        assertThat(Transcript.of("quantize", "-m", "cifar10", "-o", ranges, picture.toString())
                        .exitCode())
                .isZero();
        Transcript run = bench("-m", "cifar10", "--ranges", ranges);
        assertThat(run.out().lines().skip(1).findFirst().orElseThrow()).contains("fp32", "int8");
        assertThat(run.err()).doesNotContain("int8 is left out");
    }

    @Test
    void withoutRangesInt8IsLeftOutAndSaidToBe() throws IOException {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        Transcript run = bench("-m", "cifar10");
        assertThat(run.err())
                .contains("int8 is left out: no int8 ranges for cifar10")
                .contains("cnn quantize -m cifar10");
        assertThat(run.out().lines().skip(1).findFirst().orElseThrow())
                .contains("fp32")
                .doesNotContain("int8");
    }

    @Test
    void whatIsAskedForIsMeasuredAlone() throws IOException {
        Transcript run = bench("-m", "cifar10", "--precision", "fp32");
        assertThat(run.out().lines().skip(1).findFirst().orElseThrow()).matches("images/s +fp32");
        assertThat(run.out()).contains("largest share of the time end to end: fp32 ");
        assertThat(run.err()).doesNotContain("left out");
    }

    /** With a process that does nothing in place of one that classifies. */
    private Transcript bench(String... options) throws IOException {
        Path launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\nexit 0\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        List<String> words = new ArrayList<>(List.of("bench", "--seconds", "0.1", "--batch-size", "2"));
        words.addAll(List.of(options));
        System.setProperty("cnn.launcher", launcher.toString());
        try {
            Transcript run = Transcript.of(words.toArray(String[]::new));
            assertThat(run.exitCode()).as(run.err()).isZero();
            return run;
        } finally {
            System.clearProperty("cnn.launcher");
        }
    }

    private static void assertRefused(String why, String... words) {
        Transcript run = Transcript.of(words);
        assertThat(run.err()).contains(why);
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
