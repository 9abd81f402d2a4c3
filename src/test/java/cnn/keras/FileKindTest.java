package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKindTest {
    @TempDir
    private Path folder;

    @Test
    void tellsWhatAFileIsThatHoldsNoKerasWeights() throws IOException {
        assertRefused(folder, "a folder, not Keras weights; a file that Keras saved is wanted");
        assertRefused(Files.createFile(folder.resolve("empty.h5")), "an empty file, not Keras weights");
        assertRefused(Path.of("sample-images/daisy.jpg"), "a picture, not Keras weights");
        assertRefused(Path.of("sample-images/analog-clock.png"), "a picture, not Keras weights");
        for (String first : List.of("coefficients.bin", "cnn-tail-weights.keras.float32.bin")) {
            Path saved = zip("flowers.zip", first);
            assertRefused(saved, "a model that `cnn train` saved, not Keras weights; use it as -m " + saved);
        }
    }

    @Test
    void knowsAKerasArchiveWhateverItsFirstMember() throws IOException {
        assertThat(FileKind.of(zip("m.keras", "metadata.json"))).isEqualTo(FileKind.KERAS_ARCHIVE);
        assertThat(FileKind.of(zip("assets.zip", "assets/a.txt", "config.json")))
                .isEqualTo(FileKind.KERAS_ARCHIVE);
        assertThat(FileKind.of(zip("other.zip", "a.txt"))).isEqualTo(FileKind.OTHER);
    }

    @Test
    void knowsHdf5() throws IOException {
        assertThat(FileKind.of(Path.of("src/test/resources/cnn/keras/tiny.h5"))).isEqualTo(FileKind.HDF5);
        assertThat(FileKind.of(Files.writeString(folder.resolve("text"), "text")))
                .isEqualTo(FileKind.OTHER);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> KerasFile.open(file))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(file + " is " + message);
    }

    private Path zip(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write("{}".getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
