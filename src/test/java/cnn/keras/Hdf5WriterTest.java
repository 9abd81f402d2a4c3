package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.keras.KerasWeights.Slot;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Normalization;
import cnn.network.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read by jHDF, which shares no code with the writer. */
class Hdf5WriterTest {
    @TempDir
    private Path folder;

    private final Hdf5Group root = new Hdf5Group();

    @Test
    void spreadsALongListOverSeveralAttributes() throws IOException {
        List<String> names = IntStream.range(0, 2500)
                .mapToObj("block_of_layers/%030d"::formatted)
                .toList();
        root.put("names", names);
        root.put("few", List.of("a", "b"));
        try (HdfFile hdf = write()) {
            assertThat(hdf.getAttribute("names")).isNull();
            List<String> joined = new ArrayList<>();
            for (int i = 0; hdf.getAttribute("names" + i) != null; i++) {
                joined.addAll(
                        Arrays.asList((String[]) hdf.getAttribute("names" + i).getData()));
            }
            assertThat(joined).isEqualTo(names);
            assertThat((String[]) hdf.getAttribute("few").getData()).containsExactly("a", "b");
        }
    }

    @Test
    void takesNamesOfAnyLengthAndLanguage() throws IOException {
        String name = "Schöne Größe ".repeat(30);
        Node dense = dense();
        root.group(name).put("text", "übrig");
        root.put("a/b/" + name, new Slot(dense, dense.weights().get(1), true));
        try (HdfFile hdf = write()) {
            assertThat(hdf.getChild(name).getAttribute("text").getData()).isEqualTo("übrig");
            assertThat((float[]) ((Dataset) hdf.getByPath("a/b/" + name)).getData())
                    .containsExactly(7, 7);
        }
    }

    @Test
    void writesACountAsKerasDoes() throws IOException {
        NetworkBuilder builder = Network.builder("n", "in", Shape.of(4, 4, 3));
        builder.add("norm", new Normalization(List.of(), List.of(), false), "in");
        Node norm = builder.build("norm").node("norm");
        root.put("vars/2", new Slot(norm, norm.weights().get(2), false));
        try (HdfFile hdf = write()) {
            Dataset count = hdf.getDatasetByPath("vars/2");
            assertThat(count.isScalar()).isTrue();
            assertThat(count.getData()).isEqualTo(7);
        }
    }

    private static Node dense() {
        NetworkBuilder builder = Network.builder("n", "in", Shape.of(3));
        builder.add("dense", new Dense(2, true, ActivationFunction.LINEAR), "in");
        return builder.build("dense").node("dense");
    }

    private HdfFile write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hdf5Writer.write(
                root,
                (node, spec) -> {
                    float[] values = new float[(int) spec.shape().elements()];
                    Arrays.fill(values, 7);
                    return FloatBuffer.wrap(values);
                },
                bytes::writeBytes);
        return new HdfFile(Files.write(folder.resolve("written.h5"), bytes.toByteArray()));
    }
}
