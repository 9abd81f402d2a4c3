package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.keras.ModelGraph.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Puts layers behind those whose output they take; Keras writes them so, but nothing promises it. Of those that may come
 * next the first in the file does (Kahn 1962, with a queue in the order of the file).
 */
final class LayerOrder {
    private final List<Entry> layers;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<List<Integer>> readers = new ArrayList<>();

    private LayerOrder(String input, List<Entry> layers) {
        this.layers = layers;
        for (Entry entry : layers) {
            String name = entry.name();
            if (name.equals(input) || places.put(name, places.size()) != null) {
                throw UserError.weights("model_config: two layers are named " + name);
            }
            readers.add(new ArrayList<>());
        }
    }

    /**
     * @param input the name of the layer that is there already
     * @throws UserError of kind WEIGHTS if there is no such order, or no layer {@code output}
     */
    static List<Entry> of(String input, List<Entry> layers, String output) {
        LayerOrder order = new LayerOrder(input, layers);
        if (!output.equals(input) && !order.places.containsKey(output)) {
            throw UserError.weights("model_config: the output %s is no layer".formatted(Excerpt.of(output)));
        }
        return order.sorted(input);
    }

    private List<Entry> sorted(String input) {
        int[] missing = new int[layers.size()];
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < missing.length; i++) {
            for (String source : layers.get(i).inputs()) {
                if (!source.equals(input)) {
                    readers.get(place(source, layers.get(i))).add(i);
                    missing[i]++;
                }
            }
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<Entry> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(layers.get(next));
            for (int reader : readers.get(next)) {
                if (--missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] > 0) {
                throw UserError.weights("layer %s never gets its input: the layers go in a circle"
                        .formatted(layers.get(i).name()));
            }
        }
        return List.copyOf(sorted);
    }

    private int place(String source, Entry reader) {
        Integer place = places.get(source);
        if (place == null) {
            throw UserError.weights(
                    "layer %s: its input %s is no layer of the model".formatted(reader.name(), Excerpt.of(source)));
        }
        return place;
    }
}
