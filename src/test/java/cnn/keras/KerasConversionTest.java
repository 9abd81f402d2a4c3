package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
import cnn.network.Origin;
import com.fasterxml.jackson.jr.ob.JSON;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models that real Keras saved as .h5 and as .keras: what is made of the one is field by field what Keras made of the same
 * model as the other.
 */
class KerasConversionTest {
    private static final Path FILES = Path.of("../shared/keras-files");

    @TempDir
    private Path folder;

    /** Those that are in both formats, and read. */
    static Stream<String> models() throws IOException {
        if (!Files.exists(FILES)) {
            return Stream.of("absent");
        }
        try (Stream<Path> files = Files.list(FILES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".keras"))
                    .map(name -> name.replace(".keras", ""))
                    .filter(name -> Files.exists(FILES.resolve(name + ".h5")) && isRead(name))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void writesAnArchiveAsKerasDoes(String name) throws IOException {
        Path ours = write(FILES.resolve(name + ".h5"), true, Optional.empty());
        Path theirs = FILES.resolve(name + ".keras");
        assertSame(configOf(ours), configOf(theirs));
        Map<String, String> expected = tree(weightsOf(theirs, "theirs.h5"));
        expected.keySet().removeIf(path -> path.contains("optimizer"));
        Map<String, String> found = tree(weightsOf(ours, "ours.h5"));
        if (expected.keySet().stream().noneMatch(path -> path.contains("@"))) {
            found.keySet().removeIf(path -> path.endsWith("@name")); // since Keras 3.6
        }
        assertThat(found).isEqualTo(expected);
    }

    /** Without what the layers say in the file, but for how their weights began. */
    @ParameterizedTest
    @MethodSource("models")
    void knowsKerasDefaults(String name) throws IOException {
        assumeTrue(!name.matches(".*_ops|op_.*"), "functions between layers, which Keras 2 makes layers of its own of");
        assumeTrue(!name.equals("mixed_bf16"), "the type of numbers");
        assumeTrue(!name.equals("reshape_permute"), "a size of -1 is worked out");
        Path ours = write(FILES.resolve(name + ".h5"), true, Optional.of(Origin.of("2.15.0", Optional.of("torch"))));
        assertSame(configOf(ours), configOf(FILES.resolve(name + ".keras")));
    }

    @ParameterizedTest
    @MethodSource("models")
    void writesAnH5AsKerasDoes(String name) throws IOException {
        assumeTrue(!name.equals("convtranspose"), "of Keras's backends each makes something else of it");
        Path ours = write(FILES.resolve(name + ".keras"), false, Optional.empty());
        Path theirs = FILES.resolve(name + ".h5");
        assertSame(configOf(ours), configOf(theirs));
        Map<String, String> expected = tree(theirs);
        expected.keySet().removeIf(path -> path.contains("optimizer"));
        Map<String, String> found = tree(ours);
        for (Map<String, String> tree : List.of(found, expected)) {
            tree.keySet().removeIf(path -> path.matches("/?@.*|.*@backend"));
            if (name.equals("odd_names")) {
                tree.keySet().removeIf(path -> path.endsWith("@layer_names")); // Keras says that UTF-8 is ASCII
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    private static boolean isRead(String name) {
        try (KerasFile file = KerasFile.open(FILES.resolve(name + ".h5"))) {
            return file.layout(Optional.empty()).isPresent();
        } catch (UserError e) {
            return false;
        }
    }

    private Path write(Path file, boolean archive, Optional<Origin> origin) throws IOException {
        assumeTrue(Files.exists(file), () -> file + " is not here");
        Path written = folder.resolve(archive ? "ours.keras" : "ours-model.h5");
        try (KerasFile keras = KerasFile.open(file);
                OutputStream out = Files.newOutputStream(written)) {
            NetworkLayout layout = keras.layout(Optional.empty()).orElseThrow();
            KerasWeights weights = KerasWeights.match(keras, layout);
            ExportedModel model = KerasConversion.of(
                    keras.modelConfig().orElseThrow(),
                    layout,
                    Optional.empty(),
                    origin.orElse(keras.notes().origin()));
            ExportNotes notes = new ExportNotes(Optional.empty(), List.of(), Optional.empty(), keras.compiled());
            Consumer<byte[]> sink = bytes -> {
                try {
                    out.write(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            if (archive) {
                Keras3File.writeArchive(model, notes, keras.exportVersion(), weights, sink);
            } else {
                Keras3File.writeH5(model, notes, keras.exportVersion(), weights, sink);
            }
        }
        return written;
    }

    private static Object configOf(Path file) throws IOException {
        if (!file.toString().endsWith(".keras")) {
            try (HdfFile hdf = new HdfFile(file)) {
                return JSON.std.anyFrom(
                        (String) hdf.getAttribute("model_config").getData());
            }
        }
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("config.json"))) {
            return JSON.std.anyFrom(in);
        }
    }

    private Path weightsOf(Path archive, String name) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("model.weights.h5"))) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private static void assertSame(Object ours, Object theirs) {
        List<String> differences = new ArrayList<>();
        compare("", ours, theirs, differences);
        assertThat(differences).isEmpty();
    }

    private static void compare(String path, Object ours, Object theirs, List<String> differences) {
        if (ours instanceof Map<?, ?> left && theirs instanceof Map<?, ?> right) {
            TreeMap<String, Object> all = new TreeMap<>();
            left.forEach((key, value) -> all.put((String) key, value));
            right.forEach((key, value) -> all.put((String) key, value));
            for (String key : all.keySet()) {
                String inner = path + "/" + key;
                if (!KerasDifferences.isAllowed(inner, left, right)) {
                    compare(
                            inner,
                            left.containsKey(key) ? left.get(key) : "absent",
                            right.containsKey(key) ? right.get(key) : "absent",
                            differences);
                }
            }
        } else if (ours instanceof List<?> left && theirs instanceof List<?> right && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                compare(path + "/" + i, left.get(i), right.get(i), differences);
            }
        } else if (!KerasDifferences.normal(ours).equals(KerasDifferences.normal(theirs))) {
            differences.add("%s: %s, in Keras %s".formatted(path, ours, theirs));
        }
    }

    /** Groups, datasets with their types, shapes and values, and attributes, by path. */
    private static Map<String, String> tree(Path file) {
        Map<String, String> tree = new TreeMap<>();
        try (HdfFile hdf = new HdfFile(file)) {
            add(hdf, tree);
        }
        return tree;
    }

    private static void add(Group group, Map<String, String> tree) {
        add(group, group.getAttributes(), tree);
        for (Node node : group) {
            if (node instanceof Group inner) {
                tree.put(inner.getPath(), "group");
                add(inner, tree);
            } else if (node instanceof Dataset data) {
                String values = data.isScalar()
                        ? String.valueOf(data.getData())
                        : Arrays.deepToString(new Object[] {data.getData()});
                tree.put(
                        data.getPath(), data.getJavaType() + Arrays.toString(data.getDimensions()) + values.hashCode());
            }
        }
    }

    private static void add(Group group, Map<String, Attribute> attributes, Map<String, String> tree) {
        attributes.forEach((name, attribute) -> {
            boolean empty = attribute.isEmpty() || attribute.getSize() == 0;
            tree.put(
                    group.getPath() + "@" + name,
                    empty ? "[]" : Arrays.deepToString(new Object[] {attribute.getData()}));
        });
    }
}
