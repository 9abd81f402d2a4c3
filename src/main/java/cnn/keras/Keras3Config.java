package cnn.keras;

import cnn.network.InputLayer;
import cnn.network.KerasType;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code config} of one layer as its {@code get_config()} gives it in Keras 3.3, the first that is written for: later ones
 * know more arguments, and fill in their defaults.
 */
final class Keras3Config {
    /** Arguments that Keras 2 has not, and layers here not either: what they are by default. */
    private static final Map<KerasType, Map<String, Object>> MORE = Map.of(
            KerasType.CONV2D, Map.of("groups", 1),
            KerasType.BATCH_NORMALIZATION, Map.of("synchronized", false),
            KerasType.LAYER_NORMALIZATION, Map.of("rms_scaling", false),
            KerasType.GLOBAL_AVERAGE_POOLING2D, Map.of("keepdims", false),
            KerasType.GLOBAL_MAX_POOLING2D, Map.of("keepdims", false));

    /** Those that say how weights begin, or what restrains them. */
    private static final Map<String, String> MODULES = Map.of(
            "_initializer", "keras.initializers",
            "_regularizer", "keras.regularizers",
            "_constraint", "keras.constraints");

    /** These write the seed that they do not have. */
    private static final Set<String> SEEDED = Set.of("GlorotUniform", "HeUniform");

    private Keras3Config() {}

    static Map<String, Object> of(String name, Node node, boolean trainable) {
        Map<String, Object> config = new LinkedHashMap<>();
        if (node.layer() instanceof InputLayer) {
            return input(name, node.outputShape());
        }
        config.put("name", name);
        config.put("trainable", trainable);
        config.put("dtype", ExportedModel.FLOAT32);
        node.layer().arguments().forEach((argument, value) -> config.put(argument, value(argument, value)));
        KerasType type = node.layer().kerasType();
        MORE.getOrDefault(type, Map.of()).forEach(config::putIfAbsent);
        switch (type) {
            case DENSE -> config.remove("activity_regularizer");
            case CONV2D_TRANSPOSE -> config.remove("output_padding");
            case LAYER_SCALE -> config.put("projection_dim", node.inputShape().channels());
            case SPATIAL_DROPOUT2D -> {
                config.remove("trainable"); // which it does not take
                config.putIfAbsent("seed", null);
            }
            case GAUSSIAN_NOISE, GAUSSIAN_DROPOUT -> config.putIfAbsent("seed", null);
            case ALPHA_DROPOUT -> {
                config.putIfAbsent("seed", null);
                config.putIfAbsent("noise_shape", null);
            }
            case LAYER_NORMALIZATION, GROUP_NORMALIZATION -> {
                config.computeIfPresent(
                        "axis", (argument, axis) -> type == KerasType.LAYER_NORMALIZATION ? List.of(axis) : axis);
                List.of("beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint")
                        .forEach(argument -> config.putIfAbsent(argument, null));
            }
            default -> {}
        }
        return config;
    }

    static Map<String, Object> input(String name, Shape shape) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("batch_shape", withBatch(shape));
        config.put("dtype", ExportedModel.FLOAT32);
        config.put("sparse", false);
        config.put("name", name);
        return config;
    }

    /** A shape with an open number of images before it. */
    static List<Object> withBatch(Shape shape) {
        List<Object> sizes = new ArrayList<>();
        sizes.add(null);
        sizes.addAll(shape.sizes());
        return sizes;
    }

    /** Whether an argument says how weights begin, or what restrains them. */
    static boolean isOfWeights(String argument) {
        return MODULES.keySet().stream().anyMatch(argument::endsWith);
    }

    /** The value of an argument that is written as Keras 2 or 3 does. */
    static Object value(String argument, Object value) {
        if (!isOfWeights(argument) || !(value instanceof Map<?, ?> object) || object.containsKey("module")) {
            return value;
        }
        String type = String.valueOf(object.get("class_name"));
        Map<Object, Object> config =
                new LinkedHashMap<>(object.get("config") instanceof Map<?, ?> given ? given : Map.of());
        config.remove("dtype"); // the type of numbers, which Keras 2 kept there too
        if (SEEDED.contains(type)) {
            config.putIfAbsent("seed", null);
        }
        String module = MODULES.get(argument.substring(argument.lastIndexOf('_')));
        return Keras3Object.of(module, type, config, null);
    }
}
