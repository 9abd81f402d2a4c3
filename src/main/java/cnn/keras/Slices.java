package cnn.keras;

import cnn.UserError;
import cnn.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Python's square brackets pick out of a tensor: only along the channels, with all of the other axes. */
final class Slices {
    private static final List<String> PARTS = List.of("start", "stop", "step");

    private Slices() {}

    /**
     * The slice of the channels.
     *
     * @param key as Keras 2 or 3 writes what stands in the brackets
     * @return {@code start}, {@code stop} and {@code step}, each absent where Python has None
     */
    static JsonObject ofChannels(LayerConfig layer, Object key) {
        List<?> parts = items(key);
        for (int i = 0; i < parts.size() - 1; i++) {
            if (!isEllipsis(parts.get(i)) && !slice(layer, parts.get(i)).isEmpty()) {
                throw unsupported(layer);
            }
        }
        boolean channels =
                parts.size() == 4 || (parts.size() > 1 && parts.stream().anyMatch(Slices::isEllipsis));
        if (!channels || isEllipsis(parts.get(parts.size() - 1))) {
            throw unsupported(layer);
        }
        return new JsonObject(layer.config().place(), slice(layer, parts.get(parts.size() - 1)));
    }

    private static List<?> items(Object key) {
        if (key instanceof Map<?, ?> tuple && tuple.get("config") instanceof List<?> items) {
            return items;
        }
        return key instanceof List<?> list ? list : List.of(key);
    }

    private static boolean isEllipsis(Object part) {
        return part instanceof Map<?, ?> map
                && String.valueOf(map.get("class_name")).equals("__ellipsis__");
    }

    private static Map<String, Object> slice(LayerConfig layer, Object part) {
        if (!(part instanceof Map<?, ?> map)) {
            throw unsupported(layer);
        }
        Map<?, ?> from = map.get("config") instanceof Map<?, ?> config ? config : map;
        if (!from.keySet().containsAll(PARTS)) {
            throw unsupported(layer);
        }
        Map<String, Object> slice = new LinkedHashMap<>();
        for (String name : PARTS) {
            if (from.get(name) instanceof Integer value) {
                slice.put(name, value);
            } else if (from.get(name) != null) {
                throw unsupported(layer);
            }
        }
        return slice;
    }

    private static UserError unsupported(LayerConfig layer) {
        return UserError.weights(
                "layer %s: of tensors only channels can be picked, as x[..., ::-1] does".formatted(layer.name()));
    }
}
