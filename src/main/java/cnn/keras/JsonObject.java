package cnn.keras;

import cnn.UserError;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One object of a {@code model_config}, read with the types that Keras writes. */
record JsonObject(Map<?, ?> fields) {

    static JsonObject parse(String json) {
        try {
            return of(JSON.std.anyFrom(json));
        } catch (IOException e) {
            throw UserError.weights(
                    "model_config is not JSON: "
                            + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    static JsonObject of(Object value) {
        if (value instanceof Map<?, ?> fields) {
            return new JsonObject(fields);
        }
        throw UserError.weights("model_config: an object expected, not " + value);
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    Object get(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw UserError.weights("model_config: '" + name + "' is missing in " + fields.keySet());
        }
        return value;
    }

    JsonObject object(String name) {
        return of(get(name));
    }

    List<?> list(String name) {
        return asList(get(name));
    }

    String text(String name) {
        return String.valueOf(get(name));
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::valueOf);
    }

    int integer(String name) {
        return asInt(get(name));
    }

    double number(String name, double otherwise) {
        return fields.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        return fields.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    /** Two integers: {@code [3, 3]}, or {@code 3} for both; {@code otherwise} twice if absent. */
    int[] pair(String name, int otherwise) {
        if (!has(name)) {
            return new int[] {otherwise, otherwise};
        }
        return get(name) instanceof List<?> list
                ? new int[] {asInt(list.get(0)), asInt(list.get(1))}
                : new int[] {integer(name), integer(name)};
    }

    static List<?> asList(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw UserError.weights("model_config: a list expected, not " + value);
    }

    static int asInt(Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw UserError.weights("model_config: a number expected, not " + value);
    }
}
