package cnn.hostile;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes to the JSON that describes a network: values that no layer can have, links that lead nowhere or in a circle. */
final class ConfigMutation {
    /** Layer kind (or {@code *} for any object), field, value: what is known to have broken something once. */
    private static final List<String> KNOWN = List.of(
            "Conv2D kernel_size []",
            "Conv2D kernel_size [0,0]",
            "Conv2D kernel_size [3]",
            "Conv2D kernel_size [-3,3]",
            "Conv2D kernel_size [1000000000,1000000000]",
            "Conv2D kernel_size null",
            "Conv2D strides [0,0]",
            "Conv2D strides []",
            "Conv2D strides [2147483647,2147483647]",
            "Conv2D dilation_rate [1000000000,1000000000]",
            "Conv2D dilation_rate 1000000000",
            "Conv2D dilation_rate [0,0]",
            "Conv2D filters 0",
            "Conv2D filters -1",
            "Conv2D filters 2147483647",
            "Conv2D filters 1e300",
            "Conv2D groups 0",
            "Conv2D groups 7",
            "Conv2D padding []",
            "Conv2D padding \"full\"",
            "Conv2D activation []",
            "Conv2D activation {\"class_name\":\"Lambda\"}",
            "Conv2D data_format \"channels_first\"",
            "DepthwiseConv2D depth_multiplier 0",
            "DepthwiseConv2D depth_multiplier 2147483647",
            "DepthwiseConv2D kernel_size []",
            "MaxPooling2D pool_size 0",
            "MaxPooling2D pool_size [0,0]",
            "MaxPooling2D pool_size []",
            "MaxPooling2D pool_size [2147483647,2147483647]",
            "MaxPooling2D strides [0,0]",
            "BatchNormalization axis []",
            "BatchNormalization axis 7",
            "BatchNormalization axis [1,2,3]",
            "BatchNormalization epsilon -1",
            "BatchNormalization epsilon \"small\"",
            "Dense units 0",
            "Dense units -5",
            "Dense units 2147483647",
            "Dense activation \"lambda\"",
            "Dropout rate 1",
            "Dropout rate -3",
            "Dropout rate \"NaN\"",
            "InputLayer batch_input_shape []",
            "InputLayer batch_input_shape [null]",
            "InputLayer batch_input_shape [null,0,0,3]",
            "InputLayer batch_input_shape [null,-32,32,3]",
            "InputLayer batch_input_shape [null,null,null,null]",
            "InputLayer batch_input_shape [null,100000,100000,3]",
            "InputLayer batch_input_shape [null,2147483647,2147483647,3]",
            "InputLayer batch_input_shape [null,32,32,2147483647]",
            "InputLayer batch_input_shape 7",
            "* inbound_nodes []",
            "* inbound_nodes [[]]",
            "* inbound_nodes [[[]]]",
            "* inbound_nodes [[[\"nowhere\",0,0,{}]]]",
            "* inbound_nodes [[[\"input_1\",7,9,{}]]]",
            "* class_name \"Lambda\"",
            "* class_name 7",
            "* class_name \"\"",
            "* config []",
            "* config null",
            "* name \"\"",
            "* name [\"a\"]",
            "* layers []",
            "* layers {}");

    private static final List<Object> NASTY = Arrays.asList(
            null,
            0,
            -1,
            1,
            7,
            2_147_483_647,
            -2_147_483_648,
            9_000_000_000_000_000_000L,
            1e9,
            1e300,
            -0.5,
            true,
            false,
            "",
            "a",
            "same",
            "../../etc/passwd",
            "/etc/passwd",
            "file:///etc/passwd",
            "\u001b[31m\u0007\u202e\n",
            "x".repeat(3000),
            List.of(),
            List.of(0),
            List.of(0, 0),
            List.of(1_000_000_000, 1_000_000_000),
            List.of(-1, -1, -1),
            List.of(List.of()),
            Map.of(),
            Map.of("class_name", "Lambda", "config", Map.of()));

    private ConfigMutation() {}

    static int known() {
        return KNOWN.size();
    }

    /** The known change of that number. */
    static String name(int index) {
        return KNOWN.get(index);
    }

    /** Known change number {@code index}, to every layer of its kind. */
    static String known(String json, int index) {
        String[] words = KNOWN.get(index).split(" ", 3);
        Map<String, Object> text = parsed(json);
        Object value = anything(words[2]);
        for (Map<String, Object> object : objects(text)) {
            if (words[0].equals("*") && object.containsKey(words[1])) {
                object.put(words[1], value);
            } else if (words[0].equals(object.get("class_name")) && object.get("config") instanceof Map<?, ?> config) {
                put(config, words[1], value);
            }
        }
        return written(text);
    }

    /** One to three changes anywhere. */
    static String random(String json, Random random) {
        Map<String, Object> text = parsed(json);
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            change(text, random);
        }
        return written(text);
    }

    private static void change(Map<String, Object> text, Random random) {
        List<Map<String, Object>> objects = objects(text);
        Map<String, Object> object = objects.get(random.nextInt(objects.size()));
        List<String> keys = new ArrayList<>(object.keySet());
        if (keys.isEmpty()) {
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(10)) {
            case 0 -> object.remove(key);
            case 1 -> rewire(objects, random);
            case 2 -> rearrange(objects, random);
            case 3 ->
                object.put(key, copy(objects.get(random.nextInt(objects.size())).get(key)));
            default -> object.put(key, copy(NASTY.get(random.nextInt(NASTY.size()))));
        }
    }

    /** Lets a layer take its input from any other, itself among them. */
    private static void rewire(List<Map<String, Object>> objects, Random random) {
        List<Map<String, Object>> layers = objects.stream()
                .filter(object -> object.containsKey("inbound_nodes"))
                .toList();
        if (!layers.isEmpty()) {
            Map<String, Object> layer = layers.get(random.nextInt(layers.size()));
            Object from = layers.get(random.nextInt(layers.size())).get("name");
            layer.put("inbound_nodes", copy(List.of(List.of(Arrays.asList(from, 0, 0, Map.of())))));
        }
    }

    @SuppressWarnings("unchecked")
    private static void rearrange(List<Map<String, Object>> objects, Random random) {
        for (Map<String, Object> object : objects) {
            if (object.get("layers") instanceof List<?> list && !list.isEmpty()) {
                List<Object> layers = (List<Object>) list;
                switch (random.nextInt(3)) {
                    case 0 -> layers.remove(random.nextInt(layers.size()));
                    case 1 -> layers.add(layers.get(random.nextInt(layers.size())));
                    default -> Collections.shuffle(layers, random);
                }
            }
        }
    }

    /** All objects of a text, the text itself first. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(Object text) {
        List<Map<String, Object>> found = new ArrayList<>();
        if (text instanceof Map<?, ?> map) {
            found.add((Map<String, Object>) map);
            map.values().forEach(value -> found.addAll(objects(value)));
        } else if (text instanceof List<?> list) {
            list.forEach(value -> found.addAll(objects(value)));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<?, ?> config, String key, Object value) {
        ((Map<String, Object>) config).put(key, value);
    }

    /** The same value in objects of its own, which can be changed and are part of no circle. */
    private static Object copy(Object value) {
        try {
            return value == null ? null : JSON.std.anyFrom(JSON.std.asString(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> parsed(String json) {
        try {
            return JSON.std.mapFrom(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object anything(String json) {
        try {
            return JSON.std.anyFrom(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    static String written(Map<String, Object> text) {
        try {
            return JSON.std.asString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
