package cnn.keras;

import cnn.UserError;
import cnn.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One use of a layer: what it is given. A layer that is used several times is called {@code name} the first time, then
 * {@code name:1} and so on.
 *
 * @param positional arguments in their order: a {@link Tensor}, a list, or a constant as JSON has it
 * @param named the other arguments
 */
record Call(List<Object> positional, Map<String, Object> named) {

    /** What another call gave. */
    record Tensor(String call) {}

    static String name(String layer, int index) {
        return index == 0 ? layer : layer + ":" + index;
    }

    /** Which of a layer's uses a name of {@link #name} is, counted from 0. */
    static int index(String call) {
        return call.matches(".+:\\d{1,9}") ? Integer.parseInt(call.substring(call.lastIndexOf(':') + 1)) : 0;
    }

    /** Of a layer that takes one tensor. */
    static Call on(String tensor) {
        return new Call(List.of(new Tensor(tensor)), Map.of());
    }

    /** Reads one of a layer's {@code inbound_nodes}, as Keras 3 or Keras 2 writes it. */
    static Call of(String place, Object node) {
        if (node instanceof Map<?, ?>) {
            JsonObject call = JsonObject.of(place, node);
            List<Object> positional = new ArrayList<>();
            call.list("args").forEach(argument -> positional.add(tensors(place, argument)));
            return new Call(positional, call.has("kwargs") ? named(place, call.object("kwargs")) : Map.of());
        }
        List<?> inputs = JsonObject.asList(place, node);
        if (!inputs.isEmpty() && inputs.get(0) instanceof String) {
            return keras2(place, List.of(inputs)); // an operator of TensorFlow's
        }
        return keras2(place, inputs);
    }

    /** The names of the calls whose results this takes, in order. */
    List<String> tensors() {
        List<String> found = new ArrayList<>();
        positional.forEach(argument -> collect(argument, found));
        named.values().forEach(argument -> collect(argument, found));
        return found;
    }

    /** The same call, its tensors from calls of other names. */
    Call renamed(UnaryOperator<String> names) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        named.forEach((name, value) -> renamed.put(name, renamed(value, names)));
        return new Call(positional.stream().map(value -> renamed(value, names)).toList(), renamed);
    }

    private static Object renamed(Object value, UnaryOperator<String> names) {
        if (value instanceof Tensor tensor) {
            return new Tensor(names.apply(tensor.call()));
        }
        if (value instanceof List<?> list) {
            List<Object> renamed = new ArrayList<>();
            list.forEach(element -> renamed.add(renamed(element, names)));
            return renamed;
        }
        return value;
    }

    /** Each tensor is {@code [layer, node, tensor, {other arguments}]}. */
    private static Call keras2(String place, List<?> inputs) {
        List<Object> positional = new ArrayList<>();
        Map<String, Object> named = new LinkedHashMap<>();
        for (Object input : inputs) {
            List<?> parts = JsonObject.asList(place, input);
            positional.add(tensor(place, parts));
            if (parts.size() > 3) {
                JsonObject.of(place, parts.get(3)).fields().forEach((name, value) -> {
                    boolean tensor = value instanceof List<?> list
                            && list.size() == 3
                            && list.get(0) instanceof String
                            && list.get(1) instanceof Integer;
                    named.put(String.valueOf(name), tensor ? tensor(place, (List<?>) value) : value);
                });
            }
        }
        return new Call(List.of((Object) positional), named);
    }

    private static Map<String, Object> named(String place, JsonObject arguments) {
        Map<String, Object> named = new LinkedHashMap<>();
        arguments.fields().forEach((name, value) -> named.put(String.valueOf(name), tensors(place, value)));
        return named;
    }

    /** The same value, with {@link Tensor}s in the place of what describes them. */
    private static Object tensors(String place, Object value) {
        if (value instanceof List<?> list) {
            List<Object> converted = new ArrayList<>();
            list.forEach(element -> converted.add(tensors(place, element)));
            return converted;
        }
        if (value instanceof Map<?, ?> map && "__keras_tensor__".equals(map.get("class_name"))) {
            JsonObject config = JsonObject.of(place, map).object("config");
            return tensor(place, config.list("keras_history"));
        }
        return value;
    }

    /** @param history layer, which of its calls, which of the call's results */
    static Tensor tensor(String place, List<?> history) {
        if (history.isEmpty()) {
            throw UserError.weights(place + ": the name of a layer is missing");
        }
        String layer = JsonObject.asText(place, history.get(0));
        return new Tensor(name(layer, history.size() > 1 ? JsonObject.asInt(place, history.get(1)) : 0));
    }

    private static void collect(Object argument, List<String> found) {
        if (argument instanceof Tensor tensor) {
            found.add(tensor.call());
        } else if (argument instanceof List<?> list) {
            list.forEach(element -> collect(element, found));
        }
    }
}
