package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Node;
import cnn.network.WeightSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of format 1, which held the weights twice: as Deeplearning4j itself wrote them, and in Keras's order. Commit 0294053
 * wrote these from {@link SavedModels}, with the seeds 7 and 8.
 */
class FormatOfTwoCopiesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"format1-scratch.zip,7", "format1-flatten.zip,8"})
    void opensWithTheSameModelWeightsAndIdentity(String name, long seed) {
        SavedModel model = model(name);
        try (SavedModelFile old = SavedModelFile.open(resource(name));
                SavedModelFile written = SavedModelFile.open(write(model, seed))) {
            assertThat(old.model().network().nodes()).isEqualTo(model.network().nodes());
            assertThat(old.model())
                    .usingRecursiveComparison()
                    .ignoringFields("network")
                    .isEqualTo(model);
            for (Node node : model.tail().nodes()) {
                for (WeightSpec weight : node.weights()) {
                    assertThat(old.tailWeights().values(node, weight))
                            .as("%s of %s", weight, node.name())
                            .isEqualTo(SavedModels.weights(seed).values(node, weight))
                            .isEqualTo(written.tailWeights().values(node, weight));
                }
            }
            assertThat(old.tailSha256()).isEqualTo(written.tailSha256());
            assertThat(old.kerasOrderOnly()).isEmpty();
        }
    }

    /** What ND4J wrote then is what is written without it now. */
    @ParameterizedTest
    @CsvSource({"format1-scratch.zip,7", "format1-flatten.zip,8"})
    void holdsTheBytesThatDeeplearning4jWrote(String name, long seed) throws IOException {
        Path written = write(model(name), seed);
        for (String entry : new String[] {"configuration.json", "coefficients.bin"}) {
            assertThat(entry(written, entry)).as(entry).isEqualTo(entry(resource(name), entry));
        }
    }

    private static SavedModel model(String name) {
        return name.contains("scratch")
                ? SavedModels.fromScratch(4)
                : SavedModels.withHead("flatten,batchnorm,dense:3:tanh", 3, "c2");
    }

    private Path write(SavedModel model, long seed) {
        Path file = folder.resolve("model.zip");
        SavedModelFile.write(file, model, SavedModels.weights(seed));
        return file;
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources/cnn/model", name);
    }

    private static byte[] entry(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }
}
