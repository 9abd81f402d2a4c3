package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.json.JsonObject;
import cnn.network.Arguments;
import cnn.network.KerasType;
import cnn.network.Layer;
import cnn.network.Origin;
import cnn.network.Shape;
import java.util.List;
import java.util.Map;

/**
 * The meaning of one layer of a {@code model_config}.
 *
 * @param type Keras's class name
 * @param name of the layer
 * @param config its arguments
 */
record LayerConfig(String type, String name, JsonObject config) {
    /** Names are part of paths in the file, and of messages. */
    private static final int LONGEST_NAME = 1000;

    private static final List<String> KERAS_1_ARGUMENTS =
            List.of("nb_filter", "output_dim", "border_mode", "dim_ordering");

    static LayerConfig of(JsonObject entry) {
        String type = entry.text("class_name");
        JsonObject config = config(entry);
        String name = entry.optionalText("name")
                .or(() -> config.optionalText("name"))
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> UserError.weights(entry.place() + ": a layer without a name"));
        if (name.length() > LONGEST_NAME) {
            throw UserError.weights("%s: a name of %d characters".formatted(entry.place(), name.length()));
        }
        if (type.equals("Convolution2D") || KERAS_1_ARGUMENTS.stream().anyMatch(config::has)) {
            throw UserError.weights("layer %s is as Keras 1 writes it, which is not read here: ".formatted(name)
                    + "load the model in Keras 2 and save it again");
        }
        return new LayerConfig(type, name, config.at("layer " + name));
    }

    /** Until version 2.2 Keras wrote only the layers of a sequential model. */
    private static JsonObject config(JsonObject entry) {
        return entry.get("config") instanceof List<?> layers
                        && entry.text("class_name").equals("Sequential")
                ? new JsonObject(entry.place(), Map.of("name", "sequential", "layers", layers))
                : entry.object("config");
    }

    boolean isModel() {
        return type.equals("Sequential") || type.equals("Functional") || type.equals("Model");
    }

    boolean isInput() {
        return type.equals("InputLayer");
    }

    boolean trainable() {
        return config.flag("trainable", true);
    }

    /** See {@link #layer(Shape, Origin)}; of Keras 3, with any backend. */
    Layer layer(Shape input) {
        return layer(input, Origin.UNKNOWN);
    }

    /**
     * @param input the shape of the first input
     * @param origin what wrote the config
     * @throws UserError if the layer, or an argument of it, is not one that networks here can have
     * @throws IllegalArgumentException if there is no layer with such arguments
     * @throws ArithmeticException if an argument is too large to count with
     */
    Layer layer(Shape input, Origin origin) {
        KerasType known = KerasType.of(type).orElseThrow(() -> unsupported("layers of type " + Excerpt.of(type)));
        if (known == KerasType.INPUT_LAYER) {
            throw unsupported("layers of type " + Excerpt.of(type));
        }
        return known.read(new Arguments(name, config.fields(), origin), input);
    }

    private UserError unsupported(String what) {
        return UserError.weights("layer %s: %s are not supported".formatted(name, what));
    }
}
