package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes into a functional model, and what comes out of it. */
final class ModelEnds {
    private ModelEnds() {}

    /** @throws UserError of kind WEIGHTS if there is more than one */
    static String input(LayerConfig model) {
        List<String> inputs = named(model, "input_layers");
        if (inputs.size() != 1) {
            throw UserError.weights("model %s has %d inputs (%s); only models with one are read"
                    .formatted(model.name(), inputs.size(), Excerpt.of(String.join(", ", inputs))));
        }
        return inputs.get(0);
    }

    /**
     * @param outputs that the model has
     * @param wanted which of them
     */
    static String output(LayerConfig model, List<String> outputs, Optional<String> wanted) {
        if (wanted.isPresent()) {
            if (!outputs.contains(wanted.get())) {
                throw UserError.usage("--output-layer %s: the outputs of model %s are %s"
                        .formatted(wanted.get(), model.name(), Excerpt.of(String.join(", ", outputs))));
            }
            return wanted.get();
        }
        if (outputs.size() != 1) {
            throw UserError.weights("model %s has %d outputs (%s); pick one with --output-layer NAME"
                    .formatted(model.name(), outputs.size(), Excerpt.of(String.join(", ", outputs))));
        }
        return outputs.get(0);
    }

    /** The calls that are the ends; Keras 3 writes one end, or several, or a dictionary of them. */
    static List<String> named(LayerConfig model, String ends) {
        List<String> names = new ArrayList<>();
        collect(model.config().place() + ", " + ends, model.config().get(ends), names);
        return names;
    }

    private static void collect(String place, Object ends, List<String> names) {
        if (ends instanceof Map<?, ?> map) {
            map.values().forEach(end -> collect(place, end, names));
            return;
        }
        List<?> list = JsonObject.asList(place, ends);
        if (!list.isEmpty() && list.get(0) instanceof String) {
            names.add(Call.tensor(place, list).call());
        } else {
            list.forEach(end -> collect(place, end, names));
        }
    }
}
