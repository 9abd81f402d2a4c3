package cnn.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.classify.Failure;
import cnn.features.FeatureRow;
import cnn.network.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTableTest {
    private static final Shape SHAPE = Shape.of(40);
    private static final Map<String, String> FACTS = Map.of("model", "net", "weights", "sha256 of weights");
    private static final int ROWS = 25_000;

    @TempDir
    private Path folder;

    @Test
    void givesBackEveryRowBitForBit() throws IOException {
        Path file = write("f.parquet", rows());
        List<FeatureRow> read = new ArrayList<>();
        try (FeatureTable table = FeatureTable.open(file)) {
            assertThat(table.rows()).isEqualTo(ROWS);
            assertThat(table.facts())
                    .containsEntry("cnn.model", "net")
                    .containsEntry("cnn.weights", "sha256 of weights")
                    .containsEntry("cnn.shape", "[40]");
            table.forEach(read::add);
        }
        List<FeatureRow> written = rows();
        assertThat(read).hasSize(ROWS);
        for (int i = 0; i < ROWS; i++) {
            assertThat(read.get(i).input()).isEqualTo(written.get(i).input());
            assertThat(read.get(i).label()).isEqualTo(written.get(i).label());
            assertThat(read.get(i).failure()).isEqualTo(written.get(i).failure());
            assertThat(bits(read.get(i))).isEqualTo(bits(written.get(i)));
        }
    }

    @Test
    void isInRowGroupsOfAFixedNumberOfRows() throws IOException {
        Path file = write("f.parquet", rows());
        try (TableReader table = TableReader.open(file)) {
            assertThat(table.rowGroups()).containsExactly(10_000L, 10_000L, 5_000L);
        }
        assertThat(FeatureTableWriter.rowsPerGroup(Shape.of(6, 6, 512))).isEqualTo(455);
        assertThat(FeatureTableWriter.rowsPerGroup(Shape.of(2_000_000_000))).isEqualTo(1);
    }

    @Test
    void ofEqualRowsIsEqualBytes() throws IOException {
        assertThat(write("one.parquet", rows())).hasSameBinaryContentAs(write("other.parquet", rows()));
    }

    @Test
    void mayHaveNoRows() throws IOException {
        try (FeatureTable table = FeatureTable.open(write("none.parquet", List.of()))) {
            assertThat(table.rows()).isZero();
            table.forEach(row -> assertThat(row).isNull());
        }
    }

    @Test
    void isRefusedWhereItIsCutOffOrNone() throws IOException {
        Path file = write("f.parquet", rows().subList(0, 100));
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> FeatureTable.open(cut))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no Parquet file");
        Path tail =
                Files.write(folder.resolve("tail.parquet"), Arrays.copyOfRange(bytes, bytes.length - 8, bytes.length));
        assertThatThrownBy(() -> FeatureTable.open(tail))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("damaged");
    }

    private Path write(String name, List<FeatureRow> rows) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream stream = Files.newOutputStream(file)) {
            FeatureTableWriter table = new FeatureTableWriter(stream, SHAPE, FACTS, 0);
            rows.forEach(table::row);
            table.end();
        }
        return file;
    }

    private static List<FeatureRow> rows() {
        Random random = new Random(1);
        List<FeatureRow> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            boolean failed = i % 1000 == 7;
            float[] features = new float[failed ? 0 : 40];
            for (int k = 0; k < features.length; k++) {
                features[k] = Float.intBitsToFloat(random.nextInt());
            }
            Optional<Failure> failure =
                    failed ? Optional.of(new Failure("unreadable_image", "damaged " + i)) : Optional.empty();
            rows.add(new FeatureRow("photos/ä" + i + ".jpg", "class " + i % 3, features, failure));
        }
        return rows;
    }

    private static int[] bits(FeatureRow row) {
        int[] bits = new int[row.features().length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(row.features()[i]);
        }
        return bits;
    }
}
