package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in an installation of its own, where stand-ins for Java and Maven say how they are called. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    @TempDir
    private Path root;

    @BeforeEach
    void install() throws IOException {
        for (String folder : List.of("scripts", "config", "src/main", "bin", "target")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.copy(Path.of("scripts/cnn"), root.resolve("scripts/cnn"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        script("java", "echo \"threads=${OMP_NUM_THREADS:-}\"; printf '%s\\n' \"$@\"");
        script(
                "mvn",
                "sleep 600 & echo $! >" + root.resolve("sleep.pid") + "; echo $$ >" + root.resolve("mvn.pid")
                        + "; wait");
        Files.writeString(root.resolve("config/two.args"), "--threads 2 # and no more\n");
    }

    @Test
    void findsTheThreadsOfOptionFiles() throws Exception {
        built();
        Path quoted = Files.writeString(
                root.resolve("quoted.args"), "-o \"a # b --threads 7.csv\" 'it''s'\n  --threads '3'#--threads 8");
        Path nested = Files.writeString(root.resolve("nested.args"), "@" + quoted + "\n-k 1");
        assertThat(threads("classify", "a.jpg")).isEmpty();
        assertThat(threads("classify", "--threads", "1", "a.jpg")).isEqualTo("1");
        assertThat(threads("classify", "@two", "a.jpg")).isEqualTo("2");
        assertThat(threads("classify", "@config/two.args", "a.jpg")).isEqualTo("2");
        assertThat(threads("classify", "@" + quoted)).isEqualTo("3");
        assertThat(threads("classify", "@" + nested)).isEqualTo("3");
        assertThat(threads("classify", "@two", "@" + nested)).isEqualTo("3");
        assertThat(threads("classify", "--threads=1", "@two")).isEqualTo("1");
        assertThat(threads("classify", "@@two", "@absent")).isEmpty();
    }

    @Test
    void crashReportsGoWhereTemporaryFilesGo() throws Exception {
        built();
        assertThat(run("classify", "a.jpg")).contains("-XX:ErrorFile=" + root.resolve("tmp") + "/cnn-crash-%p.log");
    }

    @Test
    void mavenDoesNotOutliveALauncherThatIsKilled() throws Exception {
        Process launcher = start("classify", "a.jpg");
        ProcessHandle maven = started("mvn.pid");
        ProcessHandle child = started("sleep.pid");
        launcher.destroyForcibly().waitFor();
        maven.onExit().get(10, TimeUnit.SECONDS);
        child.onExit().get(10, TimeUnit.SECONDS);
    }

    @Test
    void mavenDoesNotOutliveALauncherThatIsAskedToEnd() throws Exception {
        Process launcher = start("classify", "a.jpg");
        ProcessHandle maven = started("mvn.pid");
        launcher.destroy();
        maven.onExit().get(10, TimeUnit.SECONDS);
        assertThat(launcher.waitFor()).isNotZero();
    }

    @Test
    void aBuildThatFailsSaysWhereItsLogIs() throws Exception {
        script("mvn", "echo no network; exit 1");
        Process launcher = start("classify", "a.jpg");
        assertThat(new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("no network", "the build failed; the whole log is " + root.resolve("target/build.log"));
        assertThat(launcher.waitFor()).isEqualTo(70);
    }

    private ProcessHandle started(String pidFile) throws Exception {
        Path file = root.resolve(pidFile);
        for (int i = 0; i < 1000 && (!Files.exists(file) || Files.size(file) == 0); i++) {
            Thread.sleep(10);
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    }

    /** What the stand-in for Java says. */
    private List<String> run(String... words) throws Exception {
        Process launcher = start(words);
        String said = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(launcher.waitFor()).as(said).isZero();
        return said.lines().toList();
    }

    private String threads(String... words) throws Exception {
        return run(words).get(0).substring("threads=".length());
    }

    private Process start(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("scripts/cnn").toString()));
        command.addAll(List.of(words));
        ProcessBuilder launcher =
                new ProcessBuilder(command).directory(root.resolve("bin").toFile());
        launcher.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        launcher.environment().put("TMPDIR", root.resolve("tmp").toString());
        launcher.environment().remove("JAVA_HOME");
        launcher.environment().remove("OMP_NUM_THREADS");
        return launcher.redirectErrorStream(true).start();
    }

    private void built() throws IOException {
        Files.writeString(root.resolve("target/cnn.built"), "");
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve("bin").resolve(name), "#!/bin/bash\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
