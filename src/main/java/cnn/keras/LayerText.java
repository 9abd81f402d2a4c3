package cnn.keras;

import cnn.network.InputLayer;
import cnn.network.Layer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code config} of one layer as its {@code get_config()} gives it in Keras 2; Keras 3 takes it too. */
final class LayerText {
    private LayerText() {}

    /** Values are strings, numbers, booleans, null, lists and maps. */
    static Map<String, Object> of(String name, Layer layer) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", name);
        if (!(layer instanceof InputLayer)) {
            config.put("trainable", true);
            config.put("dtype", "float32");
        }
        config.putAll(layer.arguments());
        return config;
    }
}
