package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are written and read without a class of Hadoop, which the build does not ship; and cost those nothing who want none. */
class ParquetWithoutHadoopTest {
    @TempDir
    private Path folder;

    /** A process that runs one command after the other, with {@code ;} between them. */
    static final class Child {
        public static void main(String[] args) {
            for (String command : String.join("\n", args).split("\n;\n")) {
                Transcript run = Transcript.of(command.split("\n"));
                System.out.println("exit " + run.exitCode() + " " + run.err());
            }
        }
    }

    @BeforeEach
    void makePictures() throws IOException {
        TrainingPictures.in(folder.resolve("pictures"), 2);
    }

    @Test
    void writesAndMerges() throws Exception {
        String shard = folder + "/1.parquet";
        String rows = folder + "/rows.parquet";
        String pictures = folder + "/pictures";
        String printed = run(
                "extract-features",
                "-m",
                "cifar10",
                "--no-cache",
                "--shard",
                "1/1",
                "-o",
                shard,
                pictures,
                ";",
                "merge",
                "-o",
                folder + "/merged.parquet",
                shard,
                ";",
                "classify",
                "-m",
                "cifar10",
                "-o",
                rows,
                pictures);
        assertThat(printed.lines().filter(line -> line.startsWith("exit")).map(line -> line.substring(0, 6)))
                .as(printed)
                .containsExactly("exit 0", "exit 0", "exit 0");
        assertThat(folder.resolve("merged.parquet")).hasSameBinaryContentAs(Path.of(shard));
        assertThat(printed).contains("org.apache.parquet").doesNotContain("org.apache.hadoop");
    }

    @Test
    void isNotLoadedWhereNoTableIsAskedFor() throws Exception {
        String printed = run("classify", "-m", "cifar10", "-o", folder + "/rows.csv", folder + "/pictures");
        assertThat(printed).contains("exit 0", "cnn.report.CsvClassifications").doesNotContain("org.apache.parquet");
    }

    private String run(String... args) throws Exception {
        Path out = folder.resolve("out");
        String shipped = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !Path.of(jar).getFileName().toString().startsWith("hadoop"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xlog:class+load",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                shipped,
                Child.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(out);
    }
}
