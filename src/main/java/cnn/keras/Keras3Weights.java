package cnn.keras;

import cnn.keras.KerasWeights.Slot;
import cnn.network.KerasType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The groups and datasets that Keras 3 keeps the weights of a model in. */
final class Keras3Weights {
    private Keras3Weights() {}

    /**
     * As {@code saving_lib.py} lays them out in a .keras file: {@code layers/conv2d_1/vars/0} is the first variable of the second
     * convolution, {@code layers/functional/layers/...} is within a nested model.
     */
    static Hdf5Group byPath(ExportedModel model) {
        Hdf5Group root = new Hdf5Group();
        putModel(root, model);
        return root;
    }

    private static void putModel(Hdf5Group group, ExportedModel model) {
        group.group("vars").put("name", model.name());
        Map<String, Integer> counts = new HashMap<>();
        for (ExportedLayer layer : layers(model)) {
            String type = SnakeCase.of(layer.type());
            int count = counts.merge(type, 1, Integer::sum) - 1;
            Hdf5Group inner = group.group("layers/" + (count == 0 ? type : type + "_" + count));
            if (layer.model().isPresent()) {
                putModel(inner, layer.model().get());
            } else {
                Hdf5Group variables = inner.group("vars");
                variables.put("name", layer.name());
                for (int i = 0; i < layer.slots().size(); i++) {
                    variables.put(String.valueOf(i), layer.slots().get(i));
                }
            }
        }
    }

    /** As {@code legacy_h5_format.py} lists them in the group {@code model_weights} of an .h5. */
    static void list(Hdf5Group listed, ExportedModel model) {
        List<ExportedLayer> layers = layers(model);
        // A layer of a Sequential is built within it.
        String prefix = model.type().equals(ExportedModel.SEQUENTIAL) ? model.name() + "/" : "";
        listed.put("layer_names", layers.stream().map(ExportedLayer::name).toList());
        for (ExportedLayer layer : layers) {
            Map<String, String> paths = new HashMap<>();
            layer.model().ifPresentOrElse(inner -> collect("", inner, paths), () -> putPaths(prefix, layer, paths));
            Hdf5Group group = listed.group(layer.name());
            List<String> names = new ArrayList<>();
            for (Slot slot : layer.slots()) {
                String path = paths.get(slot.key());
                names.add(path);
                group.put(path, slot);
            }
            group.put("weight_names", names);
        }
        listed.group("top_level_model_weights").put("weight_names", List.of());
    }

    /** @param prefix the models within the outermost of those that are nested */
    private static void collect(String prefix, ExportedModel model, Map<String, String> paths) {
        for (ExportedLayer layer : model.layers()) {
            layer.model()
                    .ifPresentOrElse(
                            inner -> collect(prefix + inner.name() + "/", inner, paths),
                            () -> putPaths(prefix, layer, paths));
        }
    }

    /** Keras 3 calls the kernel of a depthwise convolution what it calls that of any other. */
    private static void putPaths(String prefix, ExportedLayer layer, Map<String, String> paths) {
        boolean depthwise = layer.type().equals(KerasType.DEPTHWISE_CONV2D.toString());
        for (Slot slot : layer.slots()) {
            String name = slot.spec().name();
            String plain = depthwise && name.equals("depthwise_kernel") ? "kernel" : name;
            paths.put(slot.key(), prefix + layer.name() + "/" + plain);
        }
    }

    /** Those that Keras has in {@code model.layers}. */
    private static List<ExportedLayer> layers(ExportedModel model) {
        boolean functional = model.type().equals(ExportedModel.FUNCTIONAL);
        return model.layers().stream()
                .filter(layer -> !layer.operator() && (functional || !layer.isInput()))
                .toList();
    }
}
