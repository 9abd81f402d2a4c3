package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training and saving need no native library of ND4J, which is large and takes its time to load. */
class TrainingWithoutNd4jTest {
    private static final Path LOADED = Path.of("/proc/self/maps");

    @TempDir
    private Path folder;

    /** A process that trains, and prints its native libraries then. */
    static final class Child {
        public static void main(String[] args) throws IOException {
            Transcript run = Transcript.of(args);
            System.out.println(run.exitCode() + " " + run.err());
            Files.readAllLines(LOADED).forEach(System.out::println);
        }
    }

    @Test
    void loadsNoNativeLibraryOfNd4j() throws Exception {
        assumeThat(LOADED).exists();
        TrainingPictures.in(folder.resolve("data"), 10);
        Path model = folder.resolve("m.zip");
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                        "-Duser.home=" + System.getProperty("user.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        "train",
                        "-m",
                        "lenet5",
                        "--weights",
                        "none",
                        "--input-size",
                        "28",
                        "--epochs",
                        "1",
                        "--no-cache",
                        "-o",
                        model.toString(),
                        folder.resolve("data").toString()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String printed = Files.readString(out);
        // A newer Java may warn of native code before the child's first line.
        assertThat(printed).containsPattern("(?m)^0 ").contains("dnnl").doesNotContain("libnd4j", "libjnind4j");
        assertThat(model).isNotEmptyFile();
    }
}
