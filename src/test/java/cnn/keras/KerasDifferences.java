package cnn.keras;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** In what a configuration that is written here may differ from what the Keras of a certain version writes. */
final class KerasDifferences {
    /** Arguments that only Keras 3.15 has, and that by default do what was done without them. */
    private static final Set<String> OF_KERAS_3_15 = Set.of(
            "ragged",
            "optional",
            "renorm",
            "renorm_clipping",
            "renorm_momentum",
            "quantization_config",
            "input_axes",
            "output_axes");

    /** Keras 3.3 wrote shapes to build layers for that have nothing to build. */
    private static final Pattern NOT_BUILT =
            Pattern.compile("MaxPooling2D|GlobalAveragePooling2D|Add|Dropout|Activation|ReLU");

    /** A number of no meaning outside of the process. */
    private static final String SHARED_OBJECT = "shared_object_id";

    private KerasDifferences() {}

    /**
     * Whether a field may differ.
     *
     * @param path of the field, with slashes
     * @param ours the object that it is in
     * @param theirs the object in its place that Keras wrote
     */
    static boolean isAllowed(String path, Map<?, ?> ours, Map<?, ?> theirs) {
        String key = path.substring(path.lastIndexOf('/') + 1);
        return switch (key) {
            case SHARED_OBJECT -> true;
            case "build_config" ->
                !ours.containsKey(key)
                        && NOT_BUILT
                                .matcher(String.valueOf(theirs.get("class_name")))
                                .matches();
            // No optimizer was kept, or only its name: ours is Keras's default.
            case "optimizer" -> !theirs.containsKey(key) || theirs.get(key) instanceof String;
            // Written empty by Keras 3.15 where there is none.
            case "compile_config" -> Map.of().equals(theirs.get(key)) || path.equals("/compile_config");
            // A single one is no list in Keras 3.15.
            case "input_layers", "output_layers" -> List.of(theirs.get(key)).equals(ours.get(key));
            default -> OF_KERAS_3_15.contains(key) && !ours.containsKey(key);
        };
    }

    /** The same value for what means the same: a policy for types of numbers is its name, 1 is 1.0. */
    static Object normal(Object value) {
        if (value instanceof Map<?, ?> map && "DTypePolicy".equals(map.get("class_name"))) {
            return ((Map<?, ?>) map.get("config")).get("name");
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value == null ? "null" : value;
    }
}
