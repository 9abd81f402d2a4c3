package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.json.Json;
import cnn.json.NotJsonException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelftestCommandTest {

    @Test
    void passesWithALineForEachCheck() {
        Transcript run = Transcript.of("selftest");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("pixels +decode JPEG +3 +0 +0 +ok\n");
        assertThat(run.out()).containsPattern("layers +Conv2D +6 +\\d\\.\\de-\\d\\d +1\\.0e-05 +ok\n");
        assertThat(run.lines().get(run.lines().size() - 1)).matches("PASS: \\d+ checks, 0 failed.*, in \\d+\\.\\d s");
    }

    @Test
    void jsonHasEveryCheck() throws NotJsonException {
        Transcript run = Transcript.of("selftest", "-f", "json");
        assertThat(run.exitCode()).isZero();
        Map<?, ?> report = (Map<?, ?>) Json.parse(run.out());
        assertThat(report.get("result")).isEqualTo("pass");
        assertThat((List<?>) report.get("checks")).hasSizeGreaterThan(60).allSatisfy(check -> assertThat(
                        ((Map<?, ?>) check).keySet().stream().map(String::valueOf))
                .containsExactly("part", "check", "cases", "worst", "tolerance", "outcome", "problem"));
    }

    /** A program whose numbers for one layer are others than this machine computes. */
    @Test
    void failsWithExitCodeOneWhereANumberIsAnother(@TempDir Path dir) throws IOException {
        Path spoiled = Files.createDirectories(dir.resolve("cnn/selftest")).resolve("layers.json");
        try (InputStream in = Main.class.getResourceAsStream("/cnn/selftest/layers.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int first = text.indexOf("\"expected\":[") + "\"expected\":[".length();
            Files.writeString(spoiled, text.substring(0, first) + "9" + text.substring(first));
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                        "-Duser.home=" + System.getProperty("user.home"),
                        "-cp",
                        dir + File.pathSeparator + System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "selftest")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(out).containsPattern("layers +Conv2D .* failed\n").containsPattern("FAIL: \\d+ checks, 1 failed");
        assertThat(process.onExit().join().exitValue()).isEqualTo(1);
    }
}
