package cnn.model;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the network that comes with the tool. */
class BundledFileTest {
    private static final String WEIGHTS = "a8653a5aedb914f7a0b4eab1a55e94389d6b396c064539750ab15676c292f186";

    @TempDir
    private Path folder;

    @Test
    void holdsItsWeightsOnceAsTheyWereTrained() throws IOException {
        Path file = BundledModel.CIFAR10.file();
        assertThat(Files.size(file)).isLessThan(1_250_000);
        try (SavedModelFile model = SavedModelFile.open(file)) {
            ByteArrayOutputStream inKerasOrder = new ByteArrayOutputStream();
            KerasOrder.write(model.model().tail(), model.tailWeights(), inKerasOrder);
            assertThat(Sha256.of(inKerasOrder.toByteArray())).hasToString(WEIGHTS);
            assertThat(model.tailSha256()).isEqualTo(WEIGHTS);
        }
    }

    @Test
    void isAsThisVersionWritesIt() throws IOException {
        Path again = folder.resolve("again.zip");
        try (SavedModelFile model = SavedModelFile.open(BundledModel.CIFAR10.file())) {
            SavedModelFile.write(again, model.model(), model.tailWeights());
        }
        try (ZipFile bundled = new ZipFile(BundledModel.CIFAR10.file().toFile());
                ZipFile written = new ZipFile(again.toFile())) {
            assertThat(bundled.stream().map(ZipEntry::getName))
                    .containsExactly("coefficients.bin", "configuration.json", "cnn.json");
            for (String entry : new String[] {"coefficients.bin", "configuration.json"}) {
                assertThat(content(bundled, entry)).as(entry).isEqualTo(content(written, entry));
            }
        }
    }

    private static byte[] content(ZipFile zip, String entry) throws IOException {
        return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
    }
}
