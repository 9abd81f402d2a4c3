package cnn.keras;

import java.util.LinkedHashMap;
import java.util.Map;

/** An object as Keras 3's {@code serialization_lib.py} writes it. */
final class Keras3Object {
    private Keras3Object() {}

    /**
     * @param module of Keras that the class is found in
     * @param registeredName null for classes of Keras's public interface
     */
    static Map<String, Object> of(String module, String className, Object config, String registeredName) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("module", module);
        object.put("class_name", className);
        object.put("config", config);
        object.put("registered_name", registeredName);
        return object;
    }
}
