package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipesTest {

    @Test
    void everyRecipeIsUnderstoodByTheCommandThatItNames(@TempDir Path folder) throws IOException {
        List<Path> recipes;
        try (Stream<Path> files = Files.list(Path.of("config"))) {
            recipes = files.filter(file -> file.toString().endsWith(".args")).toList();
        }
        assertThat(recipes).hasSizeGreaterThan(3);
        for (Path recipe : recipes) {
            String usage = Files.readAllLines(recipe).stream()
                    .filter(line -> line.contains("@" + recipe))
                    .findFirst()
                    .orElseThrow();
            String command = usage.strip().split(" +")[2];
            Transcript run = Transcript.of(
                    command,
                    "@" + recipe,
                    folder + "/absent",
                    "-o",
                    folder.resolve("m.zip").toString());
            assertThat(run.err())
                    .as("%s: all is well but the data", recipe)
                    .startsWith("cnn: cannot read the data set ")
                    .hasLineCount(1);
            assertThat(run.exitCode()).isEqualTo(3);
        }
    }
}
