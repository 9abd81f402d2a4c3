package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.zoo.Labels;
import cnn.zoo.Labels.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsFileTest {
    private static final Labels TWO = new Labels(List.of(new Label("cat", "cat"), new Label("dog", "dog")));

    @TempDir
    private Path folder;

    @Test
    void readsLinesAndKerasOwnFormats() throws IOException {
        assertThat(read("cat\r\ndog\n")).isEqualTo(TWO);
        assertThat(read("[\"cat\", \"dog\"]")).isEqualTo(TWO);
        assertThat(read("{\"dog\": 1, \"cat\": 0}")).isEqualTo(TWO);
        assertThat(read("{\"1\": \"dog\", \"0\": \"cat\"}")).isEqualTo(TWO);
        assertThat(read("{\"0\": [\"n01440764\", \"tench\"], \"1\": [\"n01443537\", \"goldfish\"]}")
                        .labels())
                .containsExactly(new Label("n01440764", "tench"), new Label("n01443537", "goldfish"));
    }

    @Test
    void refusesWhatNamesNoClassesInOneLine() throws IOException {
        for (String text : List.of(
                "",
                "cat\n\ndog",
                "{",
                "[1, 2]",
                "{\"0\": \"a\", \"2\": \"b\"}",
                "{\"a\": 0, \"b\": 0}",
                "{\"x\": \"a\"}",
                "{}")) {
            assertThatThrownBy(() -> read(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.DATA))
                    .hasMessageStartingWith("--labels " + folder);
        }
        assertThatThrownBy(() -> LabelsFile.read(folder.resolve("absent"))).isInstanceOf(UserError.class);
    }

    private Labels read(String text) throws IOException {
        return LabelsFile.read(Files.writeString(folder.resolve("labels"), text));
    }
}
