package cnn.keras;

import cnn.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The loss that a model was compiled with.
 *
 * @param name in Keras's short form, for example {@code sparse_categorical_crossentropy}
 * @param fromLogits whether it takes logits; false also where nothing is said
 */
public record CompiledLoss(String name, boolean fromLogits) {
    private static final Set<String> REGRESSION = Set.of(
            "mean_squared_error",
            "mse",
            "mean_absolute_error",
            "mae",
            "mean_absolute_percentage_error",
            "mape",
            "mean_squared_logarithmic_error",
            "msle",
            "log_cosh",
            "logcosh",
            "huber",
            "huber_loss",
            "poisson",
            "cosine_similarity");

    /** The one loss of a model, if it has one that is known by a name. */
    static Optional<CompiledLoss> of(JsonObject compiled) {
        return of(compiled.fields().get("loss"));
    }

    /** Whether numbers were learned with it, and not classes. */
    public boolean isRegression() {
        return REGRESSION.contains(name);
    }

    private static Optional<CompiledLoss> of(Object loss) {
        if (loss instanceof String name) {
            return Optional.of(new CompiledLoss(SnakeCase.of(name), false));
        }
        if (loss instanceof List<?> list && list.size() == 1) {
            return of(list.get(0));
        }
        if (!(loss instanceof Map<?, ?> object)) {
            return Optional.empty();
        }
        if (!(object.get("class_name") instanceof String type)) {
            return object.size() == 1 ? of(object.values().iterator().next()) : Optional.empty();
        }
        boolean fromLogits =
                object.get("config") instanceof Map<?, ?> config && Boolean.TRUE.equals(config.get("from_logits"));
        boolean function = type.toLowerCase(Locale.ROOT).equals("function") && object.get("config") instanceof String;
        return Optional.of(new CompiledLoss(SnakeCase.of(function ? (String) object.get("config") : type), fromLogits));
    }
}
