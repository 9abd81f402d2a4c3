package cnn.keras;

import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Writes small Keras files for tests: as they should be, or broken on purpose. */
final class TestFile {
    /** Layer, then dataset name, then values in a nested array. */
    final Map<String, Map<String, Object>> layers = new LinkedHashMap<>();

    Optional<String> modelConfig = Optional.empty();
    int chunkedAttributes = 1;

    /** All layers of a network, as Keras 2 names their datasets; value by weight and flat index. */
    static TestFile of(Network network, BiFunction<String, Integer, Float> value) {
        TestFile file = new TestFile();
        for (Node node : network.nodes()) {
            Map<String, Object> datasets = new LinkedHashMap<>();
            for (WeightSpec spec : node.weights()) {
                datasets.put(node.name() + "/" + spec.name() + ":0", values(spec, value));
            }
            file.layers.put(node.name(), datasets);
        }
        return file;
    }

    static Object array(float value, int... sizes) {
        return nested(Shape.of(sizes), i -> value, 0, new int[1]);
    }

    Path write(Path path) {
        try (WritableHdfFile hdf = HdfFile.write(path)) {
            WritableGroup root = hdf;
            if (modelConfig.isPresent()) {
                hdf.putAttribute("model_config", modelConfig.get());
                root = hdf.putGroup("model_weights");
            }
            putNames(root);
            for (Map.Entry<String, Map<String, Object>> layer : layers.entrySet()) {
                WritableGroup group = root.putGroup(layer.getKey());
                if (!layer.getValue().isEmpty()) {
                    group.putAttribute("weight_names", layer.getValue().keySet().toArray(String[]::new));
                }
                layer.getValue().forEach((name, values) -> putDataset(group, name, values));
            }
        }
        return path;
    }

    private void putNames(WritableGroup root) {
        List<String> names = new ArrayList<>(layers.keySet());
        if (chunkedAttributes == 1) {
            root.putAttribute("layer_names", names.toArray(String[]::new));
            return;
        }
        int size = (names.size() + chunkedAttributes - 1) / chunkedAttributes;
        for (int i = 0; i < chunkedAttributes; i++) {
            List<String> chunk = names.subList(i * size, Math.min(names.size(), (i + 1) * size));
            root.putAttribute("layer_names" + i, chunk.toArray(String[]::new));
        }
    }

    private static void putDataset(WritableGroup group, String name, Object values) {
        WritableGroup parent = group;
        String[] path = name.split("/");
        for (int i = 0; i < path.length - 1; i++) {
            parent =
                    parent.getChildren().get(path[i]) instanceof WritableGroup inner ? inner : parent.putGroup(path[i]);
        }
        parent.putDataset(path[path.length - 1], values);
    }

    private static Object values(WeightSpec spec, BiFunction<String, Integer, Float> value) {
        return nested(spec.shape(), i -> value.apply(spec.name(), i), 0, new int[1]);
    }

    private static Object nested(Shape shape, java.util.function.IntFunction<Float> value, int axis, int[] next) {
        int size = shape.sizes().get(axis);
        if (axis == shape.sizes().size() - 1) {
            float[] row = new float[size];
            for (int i = 0; i < size; i++) {
                row[i] = value.apply(next[0]++);
            }
            return row;
        }
        Object first = nested(shape, value, axis + 1, next);
        Object array = Array.newInstance(first.getClass(), size);
        Array.set(array, 0, first);
        for (int i = 1; i < size; i++) {
            Array.set(array, i, nested(shape, value, axis + 1, next));
        }
        return array;
    }
}
