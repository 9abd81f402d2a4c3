package cnn.model;

import cnn.Excerpt;
import java.util.List;
import java.util.Map;

/**
 * Typed access to the fields of an object in a saved model's description. All methods throw IllegalArgumentException, saying
 * why, if there is no such field, or if it holds something else.
 */
record Fields(Map<String, Object> map) {

    String text(String name) {
        return as(name, String.class);
    }

    long whole(String name) {
        Number number = as(name, Number.class);
        if (number.doubleValue() != number.longValue()) {
            throw new IllegalArgumentException("%s is no whole number: %s".formatted(name, Excerpt.of(number)));
        }
        return number.longValue();
    }

    double number(String name) {
        return as(name, Number.class).doubleValue();
    }

    boolean flag(String name) {
        return as(name, Boolean.class);
    }

    List<String> texts(String name) {
        List<?> list = as(name, List.class);
        if (!list.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException(name + " holds something else than texts: " + Excerpt.of(list));
        }
        return list.stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked") // a JSON object has names only
    Map<String, Object> map(String name) {
        return as(name, Map.class);
    }

    List<Map<String, Object>> objects(String name) {
        return ((List<?>) as(name, List.class))
                .stream().map(element -> object(name, element)).toList();
    }

    @SuppressWarnings("unchecked") // a JSON object has names only
    private static Map<String, Object> object(String name, Object value) {
        if (!(value instanceof Map)) {
            throw new IllegalArgumentException("its description has other things than objects in " + name);
        }
        return (Map<String, Object>) value;
    }

    private <T> T as(String name, Class<T> type) {
        Object value = map.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    value == null
                            ? "its description has no " + name
                            : "its description has a wrong %s: %s".formatted(name, Excerpt.of(value)));
        }
        return type.cast(value);
    }
}
