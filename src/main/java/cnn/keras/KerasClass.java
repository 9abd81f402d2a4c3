package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.json.JsonObject;
import java.util.List;

/** Which classes of a configuration are Keras's own. */
final class KerasClass {
    /** Modules of Keras 3 and 2, and of what is neither's own. */
    private static final List<String> OWN =
            List.of("keras", "tf_keras", "tensorflow.keras", "tensorflow.python", "builtins");

    private KerasClass() {}

    /**
     * The same object, if its class is Keras's.
     *
     * @throws UserError if it is the user's own, whatever it is called
     */
    static JsonObject checked(JsonObject entry) {
        String type = entry.text("class_name");
        boolean own = entry.optionalText("module")
                .map(module -> OWN.stream().anyMatch(known -> module.equals(known) || module.startsWith(known + ".")))
                .orElse(!entry.fields().containsKey("module") || !entry.has("registered_name"));
        if (!own || type.contains(">")) {
            throw UserError.weights(
                    "%s: %s is a class of your own, whose code is not in the file; only Keras's layers are read"
                            .formatted(entry.optionalText("name").orElse(entry.place()), Excerpt.of(type)));
        }
        return entry;
    }

    /** Whether it is a function of Keras 3 that is applied to tensors, and not a layer. */
    static boolean isOperator(JsonObject entry) {
        return entry.optionalText("module")
                .filter(module -> module.startsWith("keras.src.ops") || module.startsWith("keras.ops"))
                .isPresent();
    }
}
