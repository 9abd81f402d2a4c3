package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.features.FeatureRow;
import cnn.parquet.FeatureTable;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet beside the other formats: the same numbers, the same rows. */
class ParquetCommandsTest {
    @TempDir
    private Path folder;

    private String pictures;

    @BeforeEach
    void makePictures() throws IOException {
        TrainingPictures.in(folder.resolve("pictures"), 3);
        Files.writeString(folder.resolve("pictures/left/broken.png"), "no image");
        pictures = folder.resolve("pictures").toString();
    }

    @Test
    void featuresAreThoseOfTheNpyBitForBit() throws IOException {
        Path table = folder.resolve("f.parquet");
        Path array = folder.resolve("f.npy");
        extract(table);
        extract(array);
        List<FeatureRow> rows = new ArrayList<>();
        try (FeatureTable read = FeatureTable.open(table)) {
            read.forEach(rows::add);
            assertThat(read.facts()).containsEntry("cnn.model", "cifar10").containsKeys("cnn.weights", "cnn.layers");
            assertThat(read.facts().get("cnn.preprocessing")).contains("input (32, 32, 3)");
        }
        assertThat(rows).hasSize(7);
        int floats = rows.stream().mapToInt(row -> row.features().length).max().orElseThrow();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream numbers = new DataOutputStream(bytes);
        for (FeatureRow row : rows) {
            for (int i = 0; i < floats; i++) {
                float value = row.failure().isPresent() ? Float.NaN : row.features()[i];
                numbers.writeInt(Integer.reverseBytes(Float.floatToIntBits(value)));
            }
        }
        byte[] npy = Files.readAllBytes(array);
        assertThat(Arrays.copyOfRange(npy, npy.length - bytes.size(), npy.length))
                .isEqualTo(bytes.toByteArray());
        assertThat(rows.stream().filter(row -> row.failure().isPresent()).map(FeatureRow::input))
                .containsExactly(pictures + "/left/broken.png");
        assertThat(rows.stream().map(FeatureRow::label).distinct()).containsExactly("left", "right");
    }

    @Test
    void goesOnWithNoHalfTable() {
        Transcript run =
                Transcript.of("classify", "-m", "cifar10", "--resume", "-o", folder + "/rows.parquet", pictures);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--resume does not go on with Parquet");
    }

    @Test
    void isThereWhenItIsWholeOrNotAtAll() throws IOException {
        Transcript run =
                Transcript.of("classify", "-m", folder + "/absent.zip", "-o", folder + "/rows.parquet", pictures);
        assertThat(run.exitCode()).isEqualTo(4);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("pictures");
        }
    }

    @Test
    void reportsThatAreNoRowsHaveNoTable() {
        Transcript run = Transcript.of("evaluate", "-m", "cifar10", "-o", folder + "/rows.parquet", pictures);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no format has the suffix .parquet");
    }

    private void extract(Path file) {
        Transcript run =
                Transcript.of("extract-features", "-m", "cifar10", "--no-cache", "-o", file.toString(), pictures);
        assertThat(run.exitCode()).isEqualTo(1);
    }
}
