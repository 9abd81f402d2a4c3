package cnn.train;

import cnn.data.Dataset;
import cnn.data.Sample;
import cnn.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that decides the result of a training: equal identities, equal bytes.
 *
 * @param facts settings, network, weights, images and their preparation, by name
 */
record RunIdentity(Map<String, String> facts) {
    private static final String NONE = "none";

    RunIdentity {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * The identity of which a model file keeps these parts.
     *
     * @param settings see {@link TrainingRequest#settings}
     * @param origin see {@link #origin}
     * @param data see {@link #fingerprint}
     */
    static RunIdentity of(Map<String, Object> settings, Map<String, Object> origin, String data) {
        Map<String, String> facts = new LinkedHashMap<>();
        settings.forEach((name, value) -> facts.put(name, String.valueOf(value)));
        origin.forEach((name, value) -> facts.put(name, String.valueOf(value)));
        facts.put("data", data);
        return new RunIdentity(facts);
    }

    /** What a training starts from, and how images become its input. */
    static Map<String, Object> origin(TrainingRequest request, StartingModel model) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("model", model.network().name());
        origin.put("weights", model.model().provenance().identity());
        model.model()
                .calibrated()
                .ifPresent(found -> origin.put("arithmetic", model.model().arithmetic()));
        request.model().keras().outputLayer().ifPresent(layer -> origin.put("output layer", layer));
        origin.put("images", request.preparation(model).recipe());
        return origin;
    }

    /** The images and their classes, as one name: equal text, equal content in equal order. */
    static String fingerprint(Dataset data) {
        StringBuilder text =
                new StringBuilder("data 1\n").append(data.classes()).append('\n');
        for (List<Sample> part : List.of(data.training(), data.validation(), data.test())) {
            part.forEach(sample -> text.append(sample.content())
                    .append(' ')
                    .append(sample.target().classIndex())
                    .append('\n'));
            text.append('\n');
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** In what another run differs from this one, the first thing that does, if one does. */
    Optional<String> difference(Map<String, String> other) {
        return differing(other).stream().findFirst().map(name -> "%s %s, not %s"
                .formatted(name, other.getOrDefault(name, NONE), facts.get(name)));
    }

    /** The names of the facts that are others in another run. */
    List<String> differing(Map<String, String> other) {
        return facts.keySet().stream()
                .filter(name -> !facts.get(name).equals(other.getOrDefault(name, NONE)))
                .toList();
    }
}
