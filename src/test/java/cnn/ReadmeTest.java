package cnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern PATH = Pattern.compile("`((?:src|scripts|config|sample-images)/[\\w./-]+)`");

    @Test
    void namesOnlyPathsThatExist() throws IOException {
        List<String> paths = PATH.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .map(quoted -> quoted.substring(1, quoted.length() - 1))
                .toList();
        assertThat(paths).hasSizeGreaterThan(5);
        assertThat(paths).allMatch(path -> Files.exists(Path.of(path)));
    }

    @Test
    void describesEveryPackage() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        try (var packages = Files.list(Path.of("src/main/java/cnn"))) {
            assertThat(packages.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(name -> readme.contains("\n    " + name + " "));
        }
    }

    @Test
    void givesTheCommandThatCiRuns() throws IOException {
        assertThat(Files.readString(Path.of("README.md"))).contains("mvn verify");
        assertThat(Files.readString(Path.of(".ci/run"))).contains("mvn -B -ntp verify");
    }
}
