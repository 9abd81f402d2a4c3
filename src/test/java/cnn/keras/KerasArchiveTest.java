package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.Node;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasArchiveTest {
    private static final Path HALF = Path.of("src/test/resources/cnn/keras/half.keras");

    @TempDir
    private Path folder;

    private Path file;
    private TestArchive archive;

    @BeforeEach
    void makeOne() {
        file = folder.resolve("m.keras");
        archive = new TestArchive(KerasConfigs.chain(4, 2))
                .layer("layers/dense", 1, new int[] {3, 4}, new int[] {4})
                .layer("layers/dense_1", 3, new int[] {4, 2}, new int[] {2});
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsMembersStoredOrPacked(boolean stored) throws IOException {
        archive.write(file, stored);
        try (KerasFile keras = KerasFile.open(file)) {
            assertThat(values(keras, "d1", 0).get(7)).isEqualTo(3f);
            assertThat(values(keras, "d1", 1).get(1)).isEqualTo(4f);
            assertThat(values(keras, "d0", 0).isDirect())
                    .as("read where it lies")
                    .isEqualTo(stored);
        }
    }

    @Test
    void readsWeightsOf16BitsAndWhatTheFileSays() {
        try (KerasFile keras = KerasFile.open(HALF)) {
            FloatBuffer kernel = values(keras, "d", 0);
            assertThat(kernel.get(1)).isEqualTo(-2.5f);
            assertThat(kernel.get(2)).isEqualTo(0.15625f);
            assertThat(kernel.get(3)).isBetween(2.97e38f, 3.0e38f);
            assertThat(values(keras, "d", 1).get(1)).isEqualTo(-0.25f);
            assertThat(keras.notes())
                    .isEqualTo(new FileNotes(
                            Optional.of(new CompiledLoss("categorical_crossentropy", true)),
                            Optional.of("0..1"),
                            List.of("a", "b"),
                            Optional.empty(),
                            Optional.of("3.8.0"),
                            Optional.empty()));
        }
    }

    @Test
    void refusesAMemberThatDiffersFromItsChecksum() throws IOException {
        archive.write(file, true);
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {120, bytes.length - 600}) { // in the configuration, and in the weights
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertRefused("differs from its checksum");
        }
    }

    @Test
    void refusesWhatUnpacksToMuchMore() throws IOException {
        archive.members.put(KerasArchive.WEIGHTS, new byte[1 << 20]);
        archive.write(file, false);
        assertRefused("unpacks to more than 100 times its size");
    }

    @Test
    void refusesATornArchiveAndOneWithoutWeights() throws IOException {
        archive.write(file, true);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));
        assertRefused("torn");

        archive.members.put(KerasArchive.WEIGHTS, new byte[0]);
        archive.write(file, true);
        assertRefused("not an HDF5 file");

        Map<String, byte[]> members = new LinkedHashMap<>(archive.members);
        members.remove(KerasArchive.WEIGHTS);
        members.put("model.weights.json", new byte[0]);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                zip.putNextEntry(new ZipEntry(member.getKey()));
                zip.write(member.getValue());
            }
        }
        assertRefused("spread over several members");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> KerasFile.open(file).close())
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private static FloatBuffer values(KerasFile keras, String layer, int weight) {
        NetworkLayout layout = keras.layout(Optional.empty()).orElseThrow();
        Node node = layout.network().node(layer);
        return KerasWeights.match(keras, layout).values(node, node.weights().get(weight));
    }
}
