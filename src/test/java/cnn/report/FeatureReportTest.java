package cnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
import cnn.classify.Failure;
import cnn.features.FeatureRow;
import cnn.network.Shape;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureReportTest {
    private static final List<FeatureRow> ROWS = List.of(
            row("cats/a.jpg", "cats", 1, -2.5f, 1e-7f, 30000f),
            failed("dogs/torn.jpg", "dogs"),
            row("dogs/ü,\"b\".jpg", "dogs", 0, Float.MIN_VALUE, -0f, 1 / 3f));

    @TempDir
    Path folder;

    @Test
    void npyIsWhatNumPysSpecificationSays() throws IOException {
        byte[] bytes = Files.readAllBytes(write("f.npy", Shape.of(2, 1, 2), ROWS));
        assertThat(new String(bytes, 0, 8, StandardCharsets.ISO_8859_1)).isEqualTo("\u0093NUMPY\1\0");
        int headerBytes = (bytes[8] & 0xff) + ((bytes[9] & 0xff) << 8);
        assertThat((10 + headerBytes) % 64).isZero();
        assertThat(new String(bytes, 10, headerBytes, StandardCharsets.ISO_8859_1))
                .matches("\\{'descr': '<f4', 'fortran_order': False, 'shape': \\(3, 2, 1, 2\\), } *\n");
        ByteBuffer numbers = ByteBuffer.wrap(bytes, 10 + headerBytes, 3 * 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(numbers.getFloat()).isEqualTo(1);
        assertThat(numbers.getFloat()).isEqualTo(-2.5f);
        numbers.position(numbers.position() + 8);
        for (int i = 0; i < 4; i++) {
            assertThat(numbers.getFloat()).isNaN();
        }
        numbers.position(numbers.position() + 12);
        assertThat(numbers.getFloat()).isEqualTo(1 / 3f);
        assertThat(10 + headerBytes + 3 * 4 * 4).isEqualTo(bytes.length);
    }

    @Test
    void npyHasAnIndexThatNamesTheRows() throws IOException {
        write("f.npy", Shape.of(4), ROWS);
        assertThat(folder.resolve("f.npy.csv"))
                .hasContent("row,input,label,status,error\n"
                        + "0,cats/a.jpg,cats,ok,\n"
                        + "1,dogs/torn.jpg,dogs,error,unreadable_image: damaged\n"
                        + "2,\"dogs/ü,\"\"b\"\".jpg\",dogs,ok,\n");
    }

    @Test
    void csvHasAColumnForEachNumber() throws IOException {
        assertThat(write("f.csv", Shape.of(4), ROWS))
                .hasContent("input,label,f0,f1,f2,f3\n"
                        + "cats/a.jpg,cats,1.0,-2.5,1.0E-7,30000.0\n"
                        + "dogs/torn.jpg,dogs,NaN,NaN,NaN,NaN\n"
                        + "\"dogs/ü,\"\"b\"\".jpg\",dogs,0.0,1.4E-45,-0.0,0.33333334\n");
    }

    @Test
    void jsonlHasAnObjectForEachInput() throws IOException {
        assertThat(write("f.jsonl", Shape.of(4), ROWS))
                .hasContent("{\"input\":\"cats/a.jpg\",\"label\":\"cats\",\"status\":\"ok\","
                        + "\"features\":[1.0,-2.5,1.0E-7,30000.0]}\n"
                        + "{\"input\":\"dogs/torn.jpg\",\"label\":\"dogs\",\"status\":\"error\","
                        + "\"error\":{\"code\":\"unreadable_image\",\"message\":\"damaged\"}}\n"
                        + "{\"input\":\"dogs/ü,\\\"b\\\".jpg\",\"label\":\"dogs\",\"status\":\"ok\","
                        + "\"features\":[0.0,1.4E-45,-0.0,0.33333334]}\n");
    }

    @Test
    void h5IsReadByAnotherLibrary() throws IOException {
        Path file = write("f.h5", Shape.of(4), ROWS);
        try (HdfFile hdf = new HdfFile(file)) {
            assertThat(hdf.getChildren()).containsOnlyKeys("features", "inputs", "labels");
            float[][] features = (float[][]) hdf.getDatasetByPath("features").getData();
            assertThat(features).hasDimensions(3, 4);
            assertThat(features[0]).containsExactly(1, -2.5f, 1e-7f, 30000f);
            assertThat(features[1]).containsOnly(Float.NaN);
            assertThat((String[]) hdf.getDatasetByPath("inputs").getData())
                    .containsExactly("cats/a.jpg", "dogs/torn.jpg", "dogs/ü,\"b\".jpg");
            assertThat((String[]) hdf.getDatasetByPath("labels").getData()).containsExactly("cats", "dogs", "dogs");
        }
    }

    /** Lengths of names have been the undoing of other writers. */
    @Test
    void h5TakesNamesOfAnyLengthAndRowsOfAnyNumber() throws IOException {
        for (int length = 1; length <= 66; length++) {
            List<FeatureRow> rows = new ArrayList<>();
            for (int i = 0; i < length % 9 + 1; i++) {
                rows.add(row("n".repeat(length - i % length), "", i));
            }
            try (HdfFile hdf = new HdfFile(write("f.h5", Shape.of(1), rows))) {
                assertThat((String[]) hdf.getDatasetByPath("inputs").getData())
                        .containsExactlyElementsOf(
                                rows.stream().map(FeatureRow::input).toList());
                assertThat(hdf.getDatasetByPath("features").getDimensions()).containsExactly(rows.size(), 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"npy", "h5", "csv"})
    void isReadByTheReadersOfPython(String suffix) throws Exception {
        Random random = new Random(8);
        List<FeatureRow> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            float[] features = new float[12];
            for (int j = 0; j < features.length; j++) {
                features[j] = (float) random.nextGaussian();
            }
            rows.add(i == 7 ? failed("c/7.jpg", "c") : row("c/" + i + ".jpg", "c", features));
        }
        Path file = write("f." + suffix, suffix.equals("csv") ? Shape.of(12) : Shape.of(2, 2, 3), rows);
        String load =
                switch (suffix) {
                    case "npy" -> "a = numpy.load(f); assert a.dtype == '<f4'; n = 'c/299.jpg'";
                    case "h5" ->
                        "import h5py; h = h5py.File(f, 'r'); a = h['features'][:]; n = h['inputs'][299].decode();"
                                + " assert h['labels'][0] == b'c'; assert len(h['inputs']) == 300";
                    default ->
                        "import csv; r = list(csv.reader(open(f)))[1:]; n = r[299][0];"
                                + " a = numpy.array([x[2:] for x in r]).astype('f4').reshape(300, 2, 2, 3)";
                };
        String script = "import numpy, sys; f = sys.argv[1]; " + load
                + "; assert a.shape == (300, 2, 2, 3); assert n == 'c/299.jpg'; assert numpy.isnan(a[7]).all()"
                + "; assert not numpy.isnan(numpy.delete(a, 7, 0)).any()"
                + "; print(numpy.delete(a, 7, 0).astype('<f4').tobytes().hex())";
        StringBuilder expected = new StringBuilder();
        for (FeatureRow row : rows) {
            for (float feature : row.features()) {
                expected.append("%08x".formatted(Integer.reverseBytes(Float.floatToIntBits(feature))));
            }
        }
        assertThat(python(script, file).strip()).isEqualTo(expected.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f.npy", "f.csv", "f.jsonl", "f.h5", "f.parquet"})
    void leavesNothingBehindUnlessItIsComplete(String name) throws IOException {
        try (FeatureReport report = FeatureReport.open(folder.resolve(name))) {
            report.begin(Shape.of(4));
            report.write(ROWS);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void sweepsAwayWhatAKilledProcessLeft() throws IOException {
        Files.writeString(folder.resolve(".f.npy12345.part"), "half");
        Files.writeString(folder.resolve(".f.npy.csv678.part"), "half");
        Files.writeString(folder.resolve(".other.npy12345.part"), "somebody else's");
        write("f.npy", Shape.of(4), ROWS);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("f.npy", "f.npy.csv", ".other.npy12345.part");
        }
    }

    @Test
    void refusesANameThatTellsNoFormat() {
        assertThatThrownBy(() -> FeatureReport.open(folder.resolve("f.txt")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("must end in .npy, .csv, .jsonl, .h5, .parquet");
    }

    private Path write(String name, Shape shape, List<FeatureRow> rows) {
        Path file = folder.resolve(name);
        try (FeatureReport report = FeatureReport.open(file)) {
            report.begin(shape);
            report.write(rows);
            report.end();
        }
        return file;
    }

    private static FeatureRow row(String input, String label, float... features) {
        return new FeatureRow(input, label, features, Optional.empty());
    }

    private static FeatureRow failed(String input, String label) {
        return new FeatureRow(input, label, new float[0], Optional.of(new Failure("unreadable_image", "damaged")));
    }

    private static String python(String script, Path file) throws Exception {
        assumeTrue(runs("import numpy, h5py"), "needs python3 with numpy and h5py");
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", script, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static boolean runs(String script) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("/usr/bin/python3", "-c", script).start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
