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
    void tellsTheVersionsOfWhatComputes() {
        assertThat(Transcript.of("--version").out())
                .matches("cnn \\S+ \\(Deeplearning4j 1\\.0\\.0-M2\\.1, oneDNN 2\\.5\\.2\\)\n");
    }

    private static void collect(CommandLine command, List<String> found) {
        found.add(command.getCommandSpec().userObject().getClass().getSimpleName());
        command.getSubcommands().values().forEach(sub -> collect(sub, found));
    }
}
