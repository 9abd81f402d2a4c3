package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionFilesTest {
    private static final String LAUNCHER = "cnn.launcher";

    @TempDir
    private Path folder;

    private String launcherBefore;

    @BeforeEach
    void install() throws IOException {
        launcherBefore = System.getProperty(LAUNCHER);
        Path installation = Files.createDirectories(folder.resolve("installation"));
        Files.createDirectories(installation.resolve("config"));
        put("installation/config/small.args", "-m mobilenet-0.25 -f json # a recipe");
        System.setProperty(LAUNCHER, installation.resolve("scripts/cnn").toString());
    }

    @AfterEach
    void restore() {
        if (launcherBefore == null) {
            System.clearProperty(LAUNCHER);
        } else {
            System.setProperty(LAUNCHER, launcherBefore);
        }
    }

    @Test
    void aNameIsLookedForAmongTheRecipesOfTheInstallation() {
        for (String name : new String[] {"@small", "@config/small.args"}) {
            Transcript run = Transcript.of("summary", name);
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("{\"model\":\"mobilenet-0.25\"");
        }
    }

    @Test
    void theCommandLineWinsWhereverItStands() throws IOException {
        String file = put("lenet.args", "-m lenet5\n-f json");
        for (String[] words : new String[][] {
            {"summary", "-m", "cifar10", "@" + file},
            {"summary", "@" + file, "--model=cifar10"},
            {"summary", "@" + file, "-mcifar10"}
        }) {
            Transcript run = Transcript.of(words);
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("{\"model\":\"vgg-cifar\"");
        }
    }

    @Test
    void theLastFileWinsAndAFileOverOneThatItNames() throws IOException {
        String base = put("base.args", "-m lenet5 -f text");
        String upper = put("upper.args", "@" + base + " -f json");
        String other = put("other.args", "--model convnet-cifar");
        assertThat(Transcript.of("summary", "@" + upper).out()).startsWith("{\"model\":\"lenet5\"");
        assertThat(Transcript.of("summary", "@" + upper, "@" + other).out()).startsWith("{\"model\":\"convnet-cifar\"");
    }

    @Test
    void anOptionThatIsRepeatedReplacesThoseOfTheFile() throws IOException {
        String file =
                put("two.args", "--layer conv_pw_1 --layer conv_pw_2 -m mobilenet-0.25 --weights none --no-cache");
        Path rows = folder.resolve("rows.csv");
        Transcript.of(
                "extract-features",
                "@" + file,
                "--layer",
                "conv_pw_3",
                "--input-size",
                "32",
                "-o",
                rows.toString(),
                "sample-images/daisy.jpg");
        assertThat(Files.readAllLines(rows).get(0)).endsWith(",f31");
    }

    @Test
    void anOptionThatTheCommandLineGivesTwiceIsRefused() throws IOException {
        String file = put("lenet.args", "-m lenet5");
        Transcript run = Transcript.of("summary", "@" + file, "-m", "cifar10", "--model", "vgg16");
        assertThat(run.err()).contains("should be specified only once");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void quotesCommentsAndEscapedAtSigns() throws IOException {
        Path picture = folder.resolve("a # picture's.jpg");
        Files.copy(Path.of("sample-images/airliner.jpg"), picture);
        String file = put("quoted.args", "# \"nothing\"\n-k 1 \"" + picture + "\" # the airliner\n");
        Transcript run = Transcript.of("classify", "-m", "cifar10", "@" + file);
        assertThat(run.out()).startsWith(picture + ": airplane (");
        assertThat(Transcript.of("classify", "-m", "cifar10", "@@absent.jpg").out())
                .startsWith("@absent.jpg: ");
    }

    @Test
    void aFileThatIsNotThereIsBadUsageAndTheLineSaysWhereItWasLookedFor() {
        Transcript run = Transcript.of("summary", "@absent");
        assertThat(run.err())
                .startsWith("cnn: there is no option file 'absent': looked for absent, "
                        + folder.resolve("installation/config/absent.args") + " and ")
                .contains("@@absent");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void whatIsNoFileOfOptionsIsBadUsage() throws IOException {
        String itself = put("itself.args", "-m lenet5 @" + folder.resolve("itself.args"));
        for (String name : new String[] {"@" + folder, "@" + itself, "@/dev/zero"}) {
            Transcript run = Transcript.of("summary", name);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.err()).startsWith("cnn: the option file " + name.substring(1));
            assertThat(run.exitCode()).isEqualTo(2);
        }
    }

    private String put(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
