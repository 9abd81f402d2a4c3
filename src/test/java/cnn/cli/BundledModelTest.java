package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network that comes with the tool: it needs nothing else. */
class BundledModelTest {

    @ParameterizedTest
    @CsvSource({"airliner.jpg,airplane", "container-ship.jpg,ship", "trailer-truck.jpg,truck"})
    void knowsTheSamplePicturesOfItsClasses(String picture, String label) {
        Transcript run = Transcript.of("classify", "-m", "cifar10", "-k", "1", "sample-images/" + picture);
        assertThat(run.out()).startsWith("sample-images/%s: %s (".formatted(picture, label));
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"cifar10", "CIFAR-10", "Cifar_10"})
    void goesByItsNameHoweverItIsSpelled(String name) {
        Transcript run = Transcript.of("summary", "-m", name, "-f", "json");
        assertThat(run.out()).contains("\"total_params\":280298", "\"non_trainable_params\":832");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void isListedWithItsAccuracyAndIsSmall() throws IOException {
        Transcript run = Transcript.of("models", "list", "-f", "csv");
        assertThat(run.out().lines().filter(line -> line.startsWith("cifar10,32x32,280298,")))
                .hasSize(1);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("user.home"), ".cnn", "models"))) {
            List<Path> copies = files.filter(
                            file -> file.getFileName().toString().startsWith("cifar10-"))
                    .toList();
            assertThat(copies).hasSize(1);
        }
    }
}
