package cnn.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares {@code cnn summary} with what Keras's own summary showed of a model. */
final class KerasSummary {
    private static final List<String> TOTALS = List.of("total_params", "trainable_params", "non_trainable_params");

    private final List<String> differences = new ArrayList<>();

    private KerasSummary() {}

    /** What differs; nothing if the model is refused. */
    static List<String> differences(Path model, Map<String, Object> expected, List<String> options) throws IOException {
        List<String> words = new ArrayList<>(List.of("summary", "-f", "json", "-m", model.toString()));
        words.addAll(options);
        Transcript said = Transcript.of(words.toArray(String[]::new));
        KerasSummary summary = new KerasSummary();
        if (said.exitCode() == 0) {
            Map<?, ?> keras = (Map<?, ?>) expected.get("summary");
            Map<String, Object> ours = JSON.std.mapFrom(said.out());
            summary.compare((List<?>) ours.get("layers"), (List<?>) keras.get("layers"));
            TOTALS.forEach(total -> summary.compare(total, ours.get(total), keras.get(total)));
        }
        return summary.differences.stream()
                .map(line -> model.getFileName() + ": " + line)
                .toList();
    }

    private void compare(List<?> ours, List<?> keras) {
        compare("layers", ours.size(), keras.size());
        for (int i = 0; i < Math.min(ours.size(), keras.size()); i++) {
            Map<?, ?> our = (Map<?, ?>) ours.get(i);
            Map<?, ?> their = (Map<?, ?>) keras.get(i);
            for (String field : List.of("name", "type", "params")) {
                compare(their.get("name") + ", " + field, our.get(field), their.get(field));
            }
            List<?> batch = (List<?>) their.get("output_shape");
            List<?> shape = new ArrayList<>((List<?>) our.get("output_shape"));
            List<?> theirShape = batch.subList(1, batch.size());
            if (!theirShape.contains(null)) {
                compare(their.get("name") + ", output_shape", shape, theirShape);
            }
            if (their.get("layers") instanceof List<?> inner) {
                compare(our.get("layers") instanceof List<?> nested ? nested : List.of(), inner);
            }
        }
    }

    private void compare(String what, Object ours, Object keras) {
        if (!Objects.equals(ours, keras)) {
            differences.add("%s: %s, of Keras %s".formatted(what, ours, keras));
        }
    }
}
