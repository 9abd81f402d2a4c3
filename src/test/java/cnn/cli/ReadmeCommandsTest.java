package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's section "Two commands" as a newcomer types it. */
class ReadmeCommandsTest {
    private static final String LAUNCHER = "scripts/cnn ";
    private static final String NEEDS_MORE = "# needs ";

    @Test
    void everyCommandThatNeedsNothingMoreWorks() throws IOException {
        List<String> commands =
                commands().filter(line -> !line.contains(NEEDS_MORE)).toList();
        assertThat(commands).isNotEmpty();
        assertThat(commands.get(0))
                .as("the very first")
                .isEqualTo(commands().findFirst().orElseThrow());
        for (String command : commands) {
            assertThat(command).startsWith(LAUNCHER);
            Transcript run = Transcript.of(words(command));
            assertThat(run.err()).as(command).isEmpty();
            assertThat(run.out()).as(command).contains("sample-images/airliner.jpg: airplane (99.98%)");
            assertThat(run.exitCode()).as(command).isZero();
        }
    }

    @Test
    void theOthersAreUnderstood() throws IOException {
        List<String> commands = commands()
                .filter(line -> line.contains(NEEDS_MORE) && line.contains(LAUNCHER))
                .toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            List<String> words = List.of(words(command));
            assertThat(words.get(words.size() - 1))
                    .satisfies(input -> assertThat(Path.of(input)).exists());
            Transcript run = Transcript.of(
                    Stream.concat(words.stream(), Stream.of("--offline")).toArray(String[]::new));
            assertThat(run.exitCode()).as(command + run.err()).isIn(0, 4);
        }
    }

    private static Stream<String> commands() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## Two commands"), readme.indexOf("## What it does"));
        return section.lines().filter(line -> line.startsWith("    ")).map(String::strip);
    }

    private static String[] words(String command) {
        String typed = command.replaceAll(" +#.*", "");
        return typed.substring(typed.indexOf(LAUNCHER) + LAUNCHER.length()).split(" +");
    }
}
