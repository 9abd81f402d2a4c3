package cnn.selftest;

import cnn.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files of this package's folder: pictures, and what others have computed. The scripts that make them lie among the tests. */
final class Golden {
    private Golden() {}

    /** The objects of a JSON list. */
    static List<JsonObject> objects(String file) {
        List<?> list = JsonObject.asList(file, JsonObject.value(file, new String(bytes(file), StandardCharsets.UTF_8)));
        return list.stream().map(object -> JsonObject.of(file, object)).toList();
    }

    static byte[] bytes(String file) {
        try (InputStream in = Golden.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own file cannot be read", e);
        }
    }

    static double[] numbers(JsonObject object, String name) {
        return object.numbers(name).stream().mapToDouble(Double::doubleValue).toArray();
    }
}
