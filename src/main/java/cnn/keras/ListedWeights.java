package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights as Keras's {@code legacy_h5_format.py} lays them out: attribute {@code layer_names} lists a group per layer, whose
 * attribute {@code weight_names} lists its datasets. They are matched in this order, as Keras does it.
 */
final class ListedWeights implements StoredWeights {
    private static final String LAYER_NAMES = "layer_names";
    private static final String WEIGHT_NAMES = "weight_names";

    private final Path path;
    private final Hdf5File hdf;
    private final Group root;
    private final Set<Long> listed = new HashSet<>();
    private final List<List<StoredWeight>> layers = new ArrayList<>();

    ListedWeights(Path path, Hdf5File hdf, Group root) {
        this.path = path;
        this.hdf = hdf;
        this.root = root;
        strings(root, LAYER_NAMES).forEach(this::readLayer);
        checkAllListed();
    }

    static boolean areIn(Group group) {
        return group.getAttribute(LAYER_NAMES) != null || group.getAttribute(LAYER_NAMES + "0") != null;
    }

    @Override
    public List<String> layersWithWeights() {
        return layers.stream().map(layer -> layer.get(0).layer()).toList();
    }

    @Override
    public Map<String, StoredWeight> match(NetworkLayout layout) {
        Mismatch mismatch = new Mismatch(path, layout);
        List<NetworkLayout.Group> wanted = layout.groupsWithWeights();
        Map<String, StoredWeight> matched = new HashMap<>();
        for (int i = 0; i < Math.min(layers.size(), wanted.size()); i++) {
            matched.putAll(new GroupMatch(layers.get(i), wanted.get(i), mismatch).match());
        }
        if (layers.size() < wanted.size()) {
            throw mismatch.error("layer %s of the network is missing in the file, which has weights for %d layers of %d"
                    .formatted(wanted.get(layers.size()).name(), layers.size(), wanted.size()));
        }
        if (layers.size() > wanted.size()) {
            StoredWeight surplus = layers.get(wanted.size()).get(0);
            throw mismatch.error("layer %s of the file, with %s %s, is not in the network"
                    .formatted(surplus.layer(), surplus.name(), surplus.shape()));
        }
        return matched;
    }

    private void readLayer(String layer) {
        Group group = hdf.find(root, layer)
                .filter(Group.class::isInstance)
                .map(Group.class::cast)
                .orElseThrow(() -> UserError.weights("%s: layer %s is listed but has no group; the file is damaged"
                        .formatted(path, Excerpt.of(layer))));
        List<StoredWeight> weights = new ArrayList<>();
        for (String name : strings(group, WEIGHT_NAMES)) {
            Dataset dataset = hdf.find(group, name)
                    .filter(Dataset.class::isInstance)
                    .map(Dataset.class::cast)
                    .orElseThrow(() ->
                            UserError.weights("%s: layer %s lists %s, which is no dataset of the file; it is damaged"
                                    .formatted(path, Excerpt.of(layer), Excerpt.of(name))));
            hdf.checkPlausible(dataset);
            StoredWeight weight = StoredWeight.of(layer, name, dataset);
            if (!listed.add(dataset.getAddress())) {
                throw UserError.weights(
                        "%s: %s is listed twice; the file is damaged".formatted(path, Excerpt.of(weight.path())));
            }
            weights.add(weight);
        }
        if (!weights.isEmpty()) {
            layers.add(weights);
        }
    }

    private void checkAllListed() {
        hdf.datasets(root).forEach((address, name) -> {
            if (!listed.contains(address)) {
                throw UserError.weights("%s: dataset %s belongs to no layer; the file is damaged or not Keras's"
                        .formatted(path, Excerpt.of(name)));
            }
        });
    }

    /** An attribute of strings; a long list is spread over {@code name0}, {@code name1} and so on (Keras pull 9398). */
    private static List<String> strings(Group group, String name) {
        Attribute whole = group.getAttribute(name);
        if (whole != null) {
            return strings(whole);
        }
        List<String> joined = new ArrayList<>();
        Attribute chunk;
        for (int i = 0; (chunk = group.getAttribute(name + i)) != null; i++) {
            joined.addAll(strings(chunk));
        }
        return joined;
    }

    private static List<String> strings(Attribute attribute) {
        if (attribute.isEmpty() || attribute.getSize() == 0) {
            return List.of();
        }
        return attribute.getData() instanceof String[] names ? List.of(names) : List.of();
    }
}
