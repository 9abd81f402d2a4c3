package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cnn.UserError;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are those that {@code make_elsewhere.py} beside {@code elsewhere.zip} made with h5py. */
class Hdf5FileTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final List<Path> files = new ArrayList<>();

    @BeforeEach
    void unpack() throws IOException {
        try (InputStream in = Hdf5FileTest.class.getResourceAsStream("elsewhere.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.add(Files.write(folder.resolve(entry.getName()), zip.readAllBytes()));
            }
        }
    }

    @Test
    void refusesWeightsThatLieInOtherFiles() {
        List<Path> refused = named("refused-");
        assertThat(refused).hasSizeGreaterThan(20);
        for (Path file : refused) {
            assertThatThrownBy(() -> assertTimeoutPreemptively(LIMIT, () -> kernel(file)))
                    .as(file.toString())
                    .isInstanceOfSatisfying(
                            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                    .hasMessageContaining(file.toString())
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void namesTheLinkAndTheFileThatItLeadsTo() {
        assertThatThrownBy(() -> kernel(folder.resolve("refused-dataset-whole.h5")))
                .hasMessageContaining("/model_weights/d/d/kernel:0 is a link into another file, plain.h5:d/d/kernel:0");
        assertThatThrownBy(() -> kernel(folder.resolve("refused-storage.h5")))
                .hasMessageContaining(
                        "data in other files or virtual datasets (Encountered External Data Files Message");
    }

    /** Soft links may be relative to their group; hard links may go in circles, or double the ways 40 times. */
    @Test
    void readsWeightsThatLieInTheFileInUnusualWays() {
        List<Path> read = named("read-");
        assertThat(read).hasSize(8);
        read.add(folder.resolve("plain.h5"));
        for (Path file : read) {
            assertThat(assertTimeoutPreemptively(LIMIT, () -> kernel(file)))
                    .as(file.toString())
                    .containsExactly(0, 1, 2, 3, 4, 5);
        }
    }

    private List<Path> named(String start) {
        return new ArrayList<>(files.stream()
                .filter(file -> file.getFileName().toString().startsWith(start))
                .toList());
    }

    private static float[] kernel(Path file) {
        NetworkBuilder builder = Network.builder("one", "input", Shape.of(2));
        builder.add("d", new Dense(3, true, ActivationFunction.LINEAR), "input");
        Network network = builder.build("d");
        Node dense = network.node("d");
        KerasFile keras = KerasFile.open(file);
        try (KerasWeights weights = KerasWeights.match(keras, NetworkLayout.of(network))) {
            FloatBuffer values = weights.values(dense, dense.weights().get(0));
            float[] kernel = new float[values.remaining()];
            values.duplicate().get(kernel);
            return kernel;
        }
    }
}
