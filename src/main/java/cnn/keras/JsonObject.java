package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.network.Arguments;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of a {@code model_config}, read with the types that Keras writes: whatever else stands there is a {@link
 * UserError} of kind WEIGHTS that says where, what was expected, and the beginning of what was found.
 *
 * @param place which object it is, for messages
 */
record JsonObject(String place, Map<?, ?> fields) {
    private static final String ROOT = "model_config";

    static JsonObject parse(String json) {
        return of(ROOT, value(json));
    }

    /** Any JSON. */
    static Object value(String json) {
        try {
            return JSON.std.anyFrom(json);
        } catch (IOException e) {
            throw UserError.weights(
                    "model_config is not JSON: "
                            + Excerpt.of(e.getMessage().lines().findFirst().orElse("")),
                    e);
        }
    }

    static JsonObject of(String place, Object value) {
        if (value instanceof Map<?, ?> fields) {
            return new JsonObject(place, fields);
        }
        throw wrong(place, "an object", value);
    }

    /** The same object under another name. */
    JsonObject at(String otherPlace) {
        return new JsonObject(otherPlace, fields);
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    Object get(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw UserError.weights("%s: '%s' is missing among %s".formatted(place, name, Excerpt.of(fields.keySet())));
        }
        return value;
    }

    JsonObject object(String name) {
        return of(within(name), get(name));
    }

    List<?> list(String name) {
        return asList(within(name), get(name));
    }

    String text(String name) {
        return asText(within(name), get(name));
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    int integer(String name) {
        return asInt(within(name), get(name));
    }

    /** A finite number; {@code otherwise} if absent. */
    double number(String name, double otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (get(name) instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(within(name), "a number", get(name));
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(within(name), "true or false", get(name));
    }

    /** Two integers: {@code [3, 3]}, or {@code 3} for both; {@code otherwise} twice if absent. */
    int[] pair(String name, int otherwise) {
        if (!has(name)) {
            return new int[] {otherwise, otherwise};
        }
        return get(name) instanceof List<?> list ? pair(within(name), list) : new int[] {integer(name), integer(name)};
    }

    static int[] pair(String place, Object value) {
        if (value instanceof List<?> list && list.size() == 2) {
            return new int[] {asInt(place, list.get(0)), asInt(place, list.get(1))};
        }
        throw wrong(place, "two whole numbers", value);
    }

    static List<?> asList(String place, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(place, "a list", value);
    }

    static String asText(String place, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(place, "a text", value);
    }

    /** A whole number, which may be written as 3.0. */
    static int asInt(String place, Object value) {
        return Arguments.wholeNumber(value).orElseThrow(() -> wrong(place, "a whole number", value));
    }

    private String within(String name) {
        return place + ", " + name;
    }

    private static UserError wrong(String place, String expected, Object found) {
        return UserError.weights("%s: %s expected, not %s".formatted(place, expected, Excerpt.of(found)));
    }
}
