package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.cli.KerasCase.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that real Keras wrote, with the answers that it gave: each is read equal or refused, never answered otherwise.
 *
 * <p>They lie in ../shared/keras-files, or in the folder that the system property {@code cnn.kerasfiles} names. What is
 * refused though it should be read is listed beside this test; the list may shrink only.
 */
class KerasFilesTest {
    private static final String REFUSED_STILL = "keras-files-refused.txt";

    private final Path files = Path.of(System.getProperty("cnn.kerasfiles", "../shared/keras-files"));

    @TempDir
    private Path folder;

    @Test
    void readsWhatKerasWroteAsKerasDoes() throws IOException {
        assumeTrue(Files.exists(files), () -> "needs " + files);
        Map<String, Map<Outcome, Integer>> table = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (KerasCase file : KerasCase.in(files, folder)) {
            KerasCase.Result result = file.judge();
            System.out.println(result.line());
            table.computeIfAbsent(file.format(), format -> new EnumMap<>(Outcome.class))
                    .merge(result.outcome(), 1, Integer::sum);
            switch (result.outcome()) {
                case WRONG, CRASHED -> wrong.add(result.line());
                case REFUSED -> refused.add(file.fileName());
                case EQUAL, REFUSED_RIGHTLY -> {}
            }
        }
        table.forEach((format, outcomes) -> System.out.printf("%-11s %s%n", format, outcomes));
        assertThat(wrong).isEmpty();
        boolean theList = System.getProperty("cnn.kerasfiles") == null;
        assertThat(refused).as("refused though Keras reads it").isEqualTo(theList ? refusedStill() : List.of());
    }

    @Test
    void summarizesAsKerasDoes() throws IOException {
        assumeTrue(Files.exists(files), () -> "needs " + files);
        List<String> differences = new ArrayList<>();
        for (KerasCase file : KerasCase.in(files, folder)) {
            if (file.architecture().isEmpty()) {
                differences.addAll(KerasSummary.differences(file.path(), file.expected(), file.sizeOptions()));
            }
        }
        assertThat(differences).isEmpty();
    }

    private static List<String> refusedStill() throws IOException {
        try (InputStream list = KerasFilesTest.class.getResourceAsStream(REFUSED_STILL)) {
            Stream<String> lines = new String(list.readAllBytes(), StandardCharsets.UTF_8).lines();
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }
}
