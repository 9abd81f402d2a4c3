package cnn.json;

import cnn.Excerpt;
import cnn.UserError;
import cnn.network.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of a model's description, read with the types that are expected: whatever else stands there is a {@link UserError}
 * of kind WEIGHTS that says where, what was expected, and the beginning of what was found.
 *
 * @param place which object it is, for messages
 */
public record JsonObject(String place, Map<?, ?> fields) {

    /** The object that a text holds. */
    public static JsonObject parse(String place, String json) {
        return of(place, value(place, json));
    }

    /** Any JSON. */
    public static Object value(String place, String json) {
        try {
            return Json.parse(json);
        } catch (NotJsonException e) {
            throw UserError.weights("%s is not JSON: %s".formatted(place, e.getMessage()), e);
        }
    }

    public static JsonObject of(String place, Object value) {
        if (value instanceof Map<?, ?> fields) {
            return new JsonObject(place, fields);
        }
        throw wrong(place, "an object", value);
    }

    /** The same object under another name. */
    public JsonObject at(String otherPlace) {
        return new JsonObject(otherPlace, fields);
    }

    public boolean has(String name) {
        return fields.get(name) != null;
    }

    public Object get(String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw UserError.weights("%s: '%s' is missing among %s".formatted(place, name, Excerpt.of(fields.keySet())));
        }
        return value;
    }

    public JsonObject object(String name) {
        return of(within(name), get(name));
    }

    public List<?> list(String name) {
        return asList(within(name), get(name));
    }

    public String text(String name) {
        return asText(within(name), get(name));
    }

    public Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public int integer(String name) {
        return asInt(within(name), get(name));
    }

    /** A whole number of any size. */
    public long whole(String name) {
        if (get(name) instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw wrong(within(name), "a whole number", get(name));
    }

    public double number(String name) {
        get(name);
        return number(name, 0);
    }

    public boolean flag(String name) {
        get(name);
        return flag(name, false);
    }

    public List<String> texts(String name) {
        String within = within(name);
        return list(name).stream().map(text -> asText(within, text)).toList();
    }

    /** A list of finite numbers. */
    public List<Double> numbers(String name) {
        String within = within(name);
        return list(name).stream().map(value -> finite(within, value)).toList();
    }

    public List<JsonObject> objects(String name) {
        return list(name).stream().map(object -> of(within(name), object)).toList();
    }

    public Optional<JsonObject> optionalObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** A copy of the fields, in their order. */
    public Map<String, Object> copy() {
        Map<String, Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put((String) name, value));
        return copy;
    }

    /** The fields of an object, in their order. */
    public Map<String, Object> map(String name) {
        return object(name).copy();
    }

    /** A finite number; {@code otherwise} if absent. */
    public double number(String name, double otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return finite(within(name), get(name));
    }

    private static double finite(String place, Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(place, "a number", value);
    }

    public boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(within(name), "true or false", get(name));
    }

    /** Two integers: {@code [3, 3]}, or {@code 3} for both; {@code otherwise} twice if absent. */
    public int[] pair(String name, int otherwise) {
        if (!has(name)) {
            return new int[] {otherwise, otherwise};
        }
        return get(name) instanceof List<?> list ? pair(within(name), list) : new int[] {integer(name), integer(name)};
    }

    public static int[] pair(String place, Object value) {
        if (value instanceof List<?> list && list.size() == 2) {
            return new int[] {asInt(place, list.get(0)), asInt(place, list.get(1))};
        }
        throw wrong(place, "two whole numbers", value);
    }

    public static List<?> asList(String place, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(place, "a list", value);
    }

    public static String asText(String place, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(place, "a text", value);
    }

    /** A whole number, which may be written as 3.0. */
    public static int asInt(String place, Object value) {
        return Arguments.wholeNumber(value).orElseThrow(() -> wrong(place, "a whole number", value));
    }

    private String within(String name) {
        return place + ", " + name;
    }

    private static UserError wrong(String place, String expected, Object found) {
        return UserError.weights("%s: %s expected, not %s".formatted(place, expected, Excerpt.of(found)));
    }
}
