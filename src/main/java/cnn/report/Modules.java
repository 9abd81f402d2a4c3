package cnn.report;

import cnn.keras.LayerSummary;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layers of a network put together to modules, as papers' tables list them.
 *
 * <p>A layer's module is what its name begins with up to the first number: {@code inception_3a}, {@code block1}, {@code
 * conv2_block1}. A layer that Keras numbered, such as {@code conv2d_7}, belongs to the junction that ends the branches it is
 * in, such as {@code mixed0}; where there is no branch, what keeps the size, such as a batch norm, belongs to what it follows.
 * A nested model is a module.
 */
final class Modules {
    private static final Pattern NAMED =
            Pattern.compile("(?:[A-Za-z]+_)*?(?:block\\d+_\\d+|[A-Za-z]*\\d+[a-z]?(?:_block_?\\d+)?)(?=_|$)");

    private final List<LayerSummary> layers;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> lastReaders = new HashMap<>();
    private final String[] modules;

    /** A module, with the shape of its last layer and the sums over all of its layers. */
    record Module(String name, int layers, Shape outputShape, long parameters, long multiplyAdds) {
        private Module plus(LayerSummary layer) {
            return new Module(
                    name,
                    layers + 1,
                    layer.outputShape(),
                    parameters + layer.parameters(),
                    Math.addExact(multiplyAdds, layer.multiplyAdds()));
        }
    }

    private Modules(List<LayerSummary> layers) {
        this.layers = layers;
        this.modules = new String[layers.size()];
        for (int i = 0; i < layers.size(); i++) {
            places.put(layers.get(i).name(), i);
            int reader = i;
            layers.get(i).inputs().forEach(input -> lastReaders.put(input, reader));
        }
    }

    /** The modules in the order of their first layers, without the input. */
    static List<Module> of(List<LayerSummary> layers) {
        Modules found = new Modules(layers);
        found.assign();
        Map<String, Module> modules = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerSummary layer = layers.get(i);
            if (!layer.type().equals("InputLayer")) {
                String name = found.modules[i];
                modules.put(
                        name,
                        modules.getOrDefault(name, new Module(name, 0, layer.outputShape(), 0, 0))
                                .plus(layer));
            }
        }
        return new ArrayList<>(modules.values());
    }

    private void assign() {
        int branchBegin = 0;
        int open = 0;
        for (int i = 0; i < layers.size(); i++) {
            if (open <= i) {
                assignBranches(branchBegin, i);
                branchBegin = i + 1;
            }
            open = Math.max(open, lastReaders.getOrDefault(layers.get(i).name(), 0));
        }
        assignBranches(branchBegin, layers.size() - 1);
    }

    /** Layers up to one through which everything passes: of one line if it is the only one, else of branches. */
    private void assignBranches(int from, int last) {
        if (from > last) {
            return;
        }
        modules[last] = alone(last);
        for (int i = from; i < last; i++) {
            boolean junction = layers.get(i).inputs().size() > 1;
            String named = junction ? "" : named(layers.get(i));
            modules[i] = named.isEmpty() ? modules[last] : named;
        }
    }

    private String alone(int i) {
        LayerSummary layer = layers.get(i);
        String named = named(layer);
        if (!named.isEmpty()) {
            return named;
        }
        List<Integer> inputs = layer.inputs().stream()
                .map(places::get)
                .filter(place -> place != null && place < i)
                .toList();
        if (inputs.size() > 1) {
            return inputs.stream()
                    .map(place -> named(layers.get(place)))
                    .filter(name -> !name.isEmpty())
                    .reduce((first, second) -> second)
                    .orElse(layer.name());
        }
        boolean follows = inputs.size() == 1
                && modules[inputs.get(0)] != null
                && layer.inner().isEmpty()
                && layer.multiplyAdds() == 0
                && layer.outputShape().equals(layers.get(inputs.get(0)).outputShape())
                && !layers.get(inputs.get(0)).type().equals("InputLayer");
        return follows ? modules[inputs.get(0)] : layer.name();
    }

    /** What the name says; empty for a name that Keras gave, or one without a number. */
    private static String named(LayerSummary layer) {
        String kind = layer.name().replaceFirst("_\\d+$", "").replace("_", "");
        boolean numbered = kind.equalsIgnoreCase(layer.type());
        Matcher matcher = NAMED.matcher(layer.name());
        return !numbered && layer.inner().isEmpty() && matcher.lookingAt() ? matcher.group() : "";
    }
}
