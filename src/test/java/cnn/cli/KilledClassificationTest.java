package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A classification that is cut off keeps its rows, and the next goes on from them. */
class KilledClassificationTest {
    private static final int IMAGES = 60;

    @TempDir
    Path folder;

    private final List<String> names = new ArrayList<>();

    @BeforeEach
    void makePictures() throws IOException {
        for (int i = 0; i < IMAGES; i++) {
            Path file = folder.resolve("photos/a,\n" + i + ".png");
            if (i % 7 == 3) {
                Files.writeString(file, "no picture");
            } else {
                TrainingPictures.picture(file, i, i % 2 == 0);
            }
            names.add(file.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"text,INT,130", "csv,KILL,137", "jsonl,KILL,137", "json,INT,130"})
    void resumedItEndsInTheSameBytes(String format, String signal, int exitCode) throws Exception {
        Path whole = folder.resolve("whole.rows");
        assertThat(classify(format, whole, names).exitCode()).isEqualTo(1);
        Path rows = folder.resolve("cut.rows");
        Process run = start(format, rows);
        String said = kill(run, signal, journal(rows));
        assertThat(run.exitValue()).isEqualTo(exitCode);
        if (signal.equals("INT")) {
            // A newer Java warns of native code where no launcher tells it not to.
            assertThat(said.replaceAll("WARNING: .*\n+", ""))
                    .matches("cnn: stopped: \\d+ images have their rows in \\Q" + rows
                            + ".part\\E; the same command with --resume goes on from there\n");
        }
        assertThat(rows).doesNotExist();
        Files.writeString(part(rows), "{\"torn", StandardOpenOption.APPEND);
        Files.writeString(journal(rows), "{\"inputs\":5", StandardOpenOption.APPEND);
        Transcript resumed = classify(format, rows, names, "--resume");
        assertThat(resumed.err()).matches("(?s)cnn: going on behind the [1-9]\\d* images of .*");
        assertThat(resumed.exitCode()).isEqualTo(1);
        assertThat(rows).hasSameBinaryContentAs(whole);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(whole, rows, folder.resolve("photos"));
        }
    }

    @Test
    void refusesWhatIsOfAnotherCommandLine() throws Exception {
        Path rows = folder.resolve("rows.csv");
        kill(start("csv", rows), "KILL", journal(rows));
        byte[] part = Files.readAllBytes(part(rows));
        assertRefused(2, "with top 5, not 3", classify("csv", rows, names, "--resume", "-k", "3"));
        assertRefused(2, "with format csv, not json", classify("json", rows, names, "--resume"));
        assertRefused(2, "with images ", classify("csv", rows, names, "--resume", "--resize", "bilinear"));
        List<String> others = new ArrayList<>(names);
        others.set(2, "other.png");
        assertRefused(2, "are not those it has rows of", classify("csv", rows, others, "--resume"));
        assertRefused(2, "are not those it has rows of", classify("csv", rows, names.subList(0, 3), "--resume"));
        assertThat(part(rows)).hasBinaryContent(part);
        part[40] ^= 1;
        Files.write(part(rows), part);
        assertRefused(3, "was changed since its run was cut off", classify("csv", rows, names, "--resume"));
        Transcript anew = classify("csv", rows, names);
        assertThat(anew.err()).matches("(?s)cnn: starting anew, without the \\d+ images of .*; --resume would .*");
        assertThat(part(rows)).doesNotExist();
        assertThat(journal(rows)).doesNotExist();
    }

    @Test
    void leavesFilesAloneThatNoRunLeft() throws IOException {
        Path rows = folder.resolve("rows.csv");
        Files.writeString(part(rows), "a download");
        assertRefused(2, "is not what an unfinished run left", classify("csv", rows, names));
        assertRefused(2, "is not what an unfinished run left", classify("csv", rows, names, "--resume"));
        assertThat(part(rows)).hasContent("a download");
        assertThat(journal(rows)).doesNotExist();
        assertRefused(2, "name it with -o FILE", Transcript.of("classify", "-m", "cifar10", "--resume", names.get(0)));
    }

    @Test
    void aFailedStartLeavesNothing() throws IOException {
        Path rows = folder.resolve("rows.csv");
        Transcript run = Transcript.of(
                "classify", "-m", "vgg16", "--offline", "--models-dir", folder.toString(), "-o", rows + "", "x.jpg");
        assertThat(run.exitCode()).isEqualTo(4);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("photos"));
        }
    }

    private static void assertRefused(int exitCode, String message, Transcript run) {
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    private static Path part(Path rows) {
        return rows.resolveSibling(rows.getFileName() + ".part");
    }

    private static Path journal(Path rows) {
        return rows.resolveSibling(rows.getFileName() + ".part.json");
    }

    /** Gives the process two thirds of the inputs, and kills it when some have their rows. */
    private String kill(Process run, String signal, Path journal) throws Exception {
        try (OutputStream list = run.getOutputStream()) {
            String some = String.join("\0", names.subList(0, IMAGES * 2 / 3)) + "\0";
            list.write(some.getBytes(StandardCharsets.UTF_8));
            list.flush();
            while (run.isAlive()
                    && (!Files.exists(journal) || Files.readAllLines(journal).size() < 3)) {
                Thread.sleep(20);
            }
            new ProcessBuilder("kill", "-" + signal, String.valueOf(run.pid()))
                    .start()
                    .waitFor();
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        return new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Transcript classify(String format, Path rows, List<String> inputs, String... more) {
        List<String> words = command(format, rows);
        words.addAll(List.of(more));
        return Transcript.withInput(String.join("\0", inputs), words.toArray(String[]::new));
    }

    private static List<String> command(String format, Path rows) {
        return new ArrayList<>(List.of("classify", "-m", "cifar10", "-f", format, "-0", "-o", rows.toString(), "-"));
    }

    private static Process start(String format, Path rows) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT", // a build that runs in the background ignores it, and so would its children
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(command(format, rows));
        return new ProcessBuilder(words).start();
    }
}
