package cnn.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** For weights that Keras saved without their model: a whole model of the same layers, whose own weights are passed over. */
final class KerasArchitectures {
    private static final String CONFIG = "config.json";

    private KerasArchitectures() {}

    /** The model of the same name; or one of the same layers, its last dense layer given as many units. */
    static Optional<Path> of(Path files, String name, Map<String, Object> expected, Path temporary) throws IOException {
        for (String suffix : List.of(".keras", ".h5")) {
            if (Files.exists(files.resolve(name + suffix))) {
                return Optional.of(files.resolve(name + suffix));
            }
        }
        try (Stream<Path> found = Files.list(files)) {
            for (Path other : found.filter(file -> file.toString().endsWith(".keras"))
                    .sorted()
                    .toList()) {
                String otherName = other.getFileName().toString().replace(".keras", "");
                Map<String, Object> summary = KerasCase.json(files.resolve(otherName + ".expected.json"));
                if (kinds(summary).equals(kinds(expected))) {
                    return Optional.of(withUnits(other, units(expected), temporary.resolve(name + ".keras")));
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> kinds(Map<String, Object> expected) {
        List<?> layers = layers(expected);
        return layers.stream()
                .map(Map.class::cast)
                .map(layer -> layer.get("type") + " of " + nested(layer))
                .toList();
    }

    private static int nested(Map<?, ?> layer) {
        return layer.get("layers") instanceof List<?> inner ? inner.size() : 0;
    }

    private static int units(Map<String, Object> expected) {
        List<?> layers = layers(expected);
        List<?> shape = (List<?>) ((Map<?, ?>) layers.get(layers.size() - 1)).get("output_shape");
        return ((Number) shape.get(shape.size() - 1)).intValue();
    }

    private static List<?> layers(Map<String, Object> expected) {
        return (List<?>) ((Map<?, ?>) expected.get("summary")).get("layers");
    }

    @SuppressWarnings("unchecked")
    private static Path withUnits(Path model, int units, Path copy) throws IOException {
        try (ZipFile zip = new ZipFile(model.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(CONFIG)) {
                    Map<String, Object> config = JSON.std.mapFrom(new String(content, StandardCharsets.UTF_8));
                    List<Object> layers = (List<Object>) ((Map<String, Object>) config.get("config")).get("layers");
                    Map<String, Object> last = (Map<String, Object>) layers.get(layers.size() - 1);
                    ((Map<String, Object>) last.get("config")).put("units", units);
                    content = JSON.std.asString(config).getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        return copy;
    }
}
