package cnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern PATH =
            Pattern.compile("[`(]((?:src|scripts|config|sample-images|docs)/[\\w./-]+)[`)]");
    private static final List<Path> DOCUMENTS = Stream.of(
                    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md", "docs/cli.md")
            .map(Path::of)
            .toList();

    @Test
    void namesOnlyPathsThatExist() throws IOException {
        List<String> paths = new ArrayList<>();
        for (Path document : DOCUMENTS) {
            PATH.matcher(Files.readString(document))
                    .results()
                    .map(found -> found.group(1))
                    .forEach(paths::add);
        }
        assertThat(paths).hasSizeGreaterThan(25);
        assertThat(paths).allMatch(path -> Files.exists(Path.of(path)));
    }

    @Test
    void describesEveryPackage() throws IOException {
        String design = Files.readString(Path.of("docs/design.md"));
        try (var packages = Files.list(Path.of("src/main/java/cnn"))) {
            assertThat(packages.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(name -> design.contains("\n    " + name + " "));
        }
    }

    @Test
    void givesTheCommandThatCiRuns() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains("mvn verify");
        assertThat(Files.readString(Path.of(".ci/run"))).contains("mvn -B -ntp verify");
    }
}
