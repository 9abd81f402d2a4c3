package cnn.keras;

import cnn.json.JsonObject;
import cnn.network.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is compiled with when Keras loads it.
 *
 * @param fields of Keras 3's {@code compile_config}
 */
public record CompileConfig(Map<String, Object> fields) {
    private static final String OPTIMIZER = "optimizer";
    private static final String OPTIMIZER_OF_H5 = "optimizer_config";

    /** What {@code compile()} takes where it is told nothing. */
    private static final Map<String, Object> RMSPROP = optimizer("RMSprop", Map.of("learning_rate", 0.001));

    /**
     * One loss, and accuracy beside it.
     *
     * @param loss by its name, for example {@code binary_crossentropy}
     * @param optimizer class of Keras, for example Adam; RMSprop if absent
     * @param arguments of the optimizer that are not Keras's defaults
     */
    public static CompileConfig of(String loss, Optional<String> optimizer, Map<String, Object> arguments) {
        return plain(loss, optimizer.map(type -> optimizer(type, arguments)).orElse(RMSPROP));
    }

    /** The {@code compile_config} of a .keras file, which Keras 3.15 writes empty where there is none. */
    static Optional<CompileConfig> ofArchive(JsonObject config) {
        Map<String, Object> fields = config.copy();
        return fields.isEmpty() ? Optional.empty() : Optional.of(new CompileConfig(fields));
    }

    /** The {@code training_config} of an .h5; of Keras 2, some of whose arguments Keras 3 refuses, only the loss. */
    static Optional<CompileConfig> ofH5(JsonObject config, Origin origin) {
        if (origin.generation() < 3) {
            return CompiledLoss.of(config).map(loss -> plain(loss(loss), RMSPROP));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (config.has(OPTIMIZER_OF_H5)) {
            JsonObject optimizer = config.object(OPTIMIZER_OF_H5);
            fields.put(OPTIMIZER, optimizer(optimizer.text("class_name"), optimizer.map("config")));
        }
        config.copy().forEach(fields::putIfAbsent);
        fields.remove(OPTIMIZER_OF_H5);
        return Optional.of(new CompileConfig(fields));
    }

    /** As an .h5 has it. */
    Map<String, Object> legacy() {
        Map<String, Object> legacy = new LinkedHashMap<>(fields);
        Map<String, Object> optimizer = new LinkedHashMap<>();
        Object given = legacy.remove(OPTIMIZER);
        if (given instanceof String name) {
            optimizer.put("class_name", name);
            optimizer.put("config", Map.of());
        } else {
            Map<?, ?> object = given instanceof Map<?, ?> described ? described : RMSPROP;
            optimizer.put("class_name", object.get("class_name"));
            optimizer.put("config", object.get("config"));
        }
        legacy.put(OPTIMIZER_OF_H5, optimizer);
        return legacy;
    }

    private static CompileConfig plain(Object loss, Map<String, Object> optimizer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(OPTIMIZER, optimizer);
        fields.put("loss", loss);
        fields.put("loss_weights", null);
        fields.put("metrics", List.of("accuracy"));
        fields.put("weighted_metrics", null);
        fields.put("run_eagerly", false);
        fields.put("steps_per_execution", 1);
        fields.put("jit_compile", false);
        return new CompileConfig(fields);
    }

    private static Object loss(CompiledLoss loss) {
        if (!loss.fromLogits()) {
            return loss.name();
        }
        StringBuilder type = new StringBuilder();
        for (String word : loss.name().split("_")) {
            type.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return Keras3Object.of("keras.losses", type.toString(), Map.of("from_logits", true), null);
    }

    private static Map<String, Object> optimizer(String type, Map<String, Object> config) {
        return Keras3Object.of("keras.optimizers", type, config, null);
    }
}
