package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {

    @Test
    void listsEverySubcommandThatHasAFile() throws IOException {
        List<String> listed = new ArrayList<>();
        collect(Commands.all(null), listed);
        try (var files = Files.list(Path.of("src/main/java/cnn/cli"))) {
            List<String> written = files.map(
                            file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Command"))
                    .toList();
            assertThat(written).hasSizeGreaterThan(3).containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void beginsWithExamples() {
        Transcript help = Transcript.of("classify", "--help");
        assertThat(help.out()).startsWith("Examples:").contains("Usage: cnn classify");
        assertThat(help.exitCode()).isZero();
        assertThat(Transcript.of("--help").out())
                .contains("cnn classify dog.jpg")
                .contains("Exit codes:");
    }

    @Test
    void isThereForEveryCommand() {
        List<String> names = new ArrayList<>();
        collectNames(Commands.all(null), "", names);
        assertThat(names).hasSizeGreaterThan(15).contains("train", "cache clear");
        for (String name : names) {
            List<String> words = new ArrayList<>(List.of(name.split(" ")));
            words.add("--help");
            Transcript help = Transcript.of(words.toArray(String[]::new));
            assertThat(help.exitCode()).as(name + ": " + help.err()).isZero();
            assertThat(help.out()).contains("Usage: cnn " + (name.equals("help") ? "" : name));
            assertThat(help.err()).isEmpty();
        }
    }

    @Test
    void tellsTheVersionsOfWhatComputes() {
        assertThat(Transcript.of("--version").out())
                .matches("cnn \\S+ \\(Deeplearning4j 1\\.0\\.0-M2\\.1, oneDNN 2\\.5\\.2\\)\n");
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Transcript.of("help")).isEqualTo(Transcript.of("--help"));
        assertThat(Transcript.of("help", "classify")).isEqualTo(Transcript.of("classify", "--help"));
        assertThat(Transcript.of("help", "models", "pull")).isEqualTo(Transcript.of("models", "pull", "--help"));
        assertThat(Transcript.of("help", "dance"))
                .isEqualTo(new Transcript(2, "", "cnn: cnn has no command 'dance'\nTry 'cnn --help'.\n"));
    }

    @Test
    void predictIsClassify() {
        String[] words = {"classify", "-m", "cifar10", "-k", "1", "sample-images/airliner.jpg"};
        Transcript classified = Transcript.of(words);
        words[0] = "predict";
        assertThat(Transcript.of(words)).isEqualTo(classified);
        assertThat(classified.out()).isEqualTo("sample-images/airliner.jpg: airplane (99.98%)\n");
        assertThat(Transcript.of("--help").out()).contains("classify, predict");
    }

    @Test
    void takesTheModelAsAWordWhereNothingElseCanBeMeant() {
        assertThat(Transcript.of("summary", "lenet5")).isEqualTo(Transcript.of("summary", "-m", "lenet5"));
        Transcript absent = Transcript.of("models", "path", "vgg16", "--models-dir", "absent");
        assertThat(Transcript.of("models", "path", "-m", "vgg16", "--models-dir", "absent"))
                .isEqualTo(absent);
        assertThat(Transcript.of("export", "-m", "absent.zip", "--to", "h5", "-o", "target/absent.h5"))
                .isEqualTo(Transcript.of("export", "absent.zip", "--to", "h5", "-o", "target/absent.h5"));
        assertThat(Transcript.of("summary", "-m", "vgg16", "lenet5"))
                .isEqualTo(new Transcript(2, "", "cnn: two models, 'vgg16' and 'lenet5'; name one\n"));
        assertThat(Transcript.of("models", "pull"))
                .isEqualTo(new Transcript(
                        2, "", "cnn: name a model, e.g. cnn models pull mobilenet\nTry 'cnn models pull --help'.\n"));
    }

    @Test
    void takesTheShortNamesOfLearningRates() {
        for (String option : List.of("--learning-rate", "--lr")) {
            assertThat(Transcript.of("train", "absent", option, "-1", "-o", "target/x.zip")
                            .err())
                    .contains("learning")
                    .doesNotContain("Unknown");
        }
        assertThat(Transcript.of("finetune", "absent", "--unfreeze", "1", "--finetune-lr", "0", "-o", "target/x.zip")
                        .err())
                .isEqualTo("cnn: --finetune-learning-rate must be above 0, not 0.0\n");
        assertThat(Transcript.of("finetune", "absent", "--unfreeze", "1", "--finetune-lr", "much", "-o", "target/x.zip")
                        .err())
                .isEqualTo("cnn: --finetune-learning-rate must be auto or a number above 0, not much\n");
    }

    private static void collectNames(CommandLine command, String before, List<String> names) {
        for (CommandLine sub :
                command.getSubcommands().values().stream().distinct().toList()) {
            names.add(before + sub.getCommandName());
            collectNames(sub, before + sub.getCommandName() + " ", names);
        }
    }

    private static void collect(CommandLine command, List<String> found) {
        found.add(command.getCommandSpec().userObject().getClass().getSimpleName());
        command.getSubcommands().values().stream().distinct().forEach(sub -> collect(sub, found));
    }
}
