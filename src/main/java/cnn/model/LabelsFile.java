package cnn.model;

import cnn.Excerpt;
import cnn.IoReason;
import cnn.UserError;
import cnn.json.Json;
import cnn.json.NotJsonException;
import cnn.zoo.Labels;
import cnn.zoo.Labels.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of classes in a file of the user's: one a line in the order of the outputs, or JSON: a list of them; Keras's index,
 * {@code {"0": ["n01440764", "tench"], ...}}; or a generator's {@code class_indices}, {@code {"cat": 0, ...}}.
 */
final class LabelsFile {
    private static final long LARGEST_BYTES = 1 << 24;

    private LabelsFile() {}

    /** @throws UserError of kind DATA if it cannot be read, or does not name every class once */
    static Labels read(Path file) {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw UserError.data("--labels %s: %,d bytes are no list of names".formatted(file, Files.size(file)));
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
            List<Label> labels = text.startsWith("{") || text.startsWith("[")
                    ? json(file, text)
                    : text.lines()
                            .map(String::strip)
                            .map(name -> new Label(name, name))
                            .toList();
            if (labels.isEmpty()
                    || labels.stream().anyMatch(label -> label.name().isEmpty())) {
                throw UserError.data("--labels %s: a name is missing; one a line is wanted".formatted(file));
            }
            return new Labels(labels);
        } catch (IOException e) {
            throw UserError.data("--labels %s: cannot be read (%s)".formatted(file, IoReason.of(e)), e);
        }
    }

    private static List<Label> json(Path file, String text) {
        Object content;
        try {
            content = Json.parse(text);
        } catch (NotJsonException e) {
            throw UserError.data("--labels %s: not JSON (%s)".formatted(file, e.getMessage()), e);
        }
        if (content instanceof List<?> list) {
            return list.stream().map(name -> label(file, name)).toList();
        }
        Map<Integer, Label> byIndex = new TreeMap<>();
        ((Map<?, ?>) content).forEach((key, value) -> {
            boolean indices = value instanceof Integer;
            Object index = indices ? value : key;
            Label label = label(file, indices ? key : value);
            if (!String.valueOf(index).matches("\\d{1,6}")
                    || byIndex.put(Integer.valueOf(String.valueOf(index)), label) != null) {
                throw UserError.data("--labels %s: '%s' is no index of a class, or is there twice"
                        .formatted(file, Excerpt.of(index)));
            }
        });
        for (int i = 0; i < byIndex.size(); i++) {
            if (!byIndex.containsKey(i)) {
                throw UserError.data("--labels %s: class %d has no name".formatted(file, i));
            }
        }
        return List.copyOf(byIndex.values());
    }

    private static Label label(Path file, Object value) {
        if (value instanceof List<?> pair
                && pair.size() == 2
                && pair.get(0) instanceof String id
                && pair.get(1) instanceof String name) {
            return new Label(id, name);
        }
        if (value instanceof String name) {
            return new Label(name, name);
        }
        throw UserError.data("--labels %s: '%s' is no name of a class".formatted(file, Excerpt.of(value)));
    }
}
