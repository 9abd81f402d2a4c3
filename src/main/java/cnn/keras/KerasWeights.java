package cnn.keras;

import cnn.UserError;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a network in a Keras file, matched as Keras matches them: layer by layer in the order of the file, never
 * by name, each shape checked and each dataset used exactly once.
 */
public final class KerasWeights implements Weights, AutoCloseable {

    /** A weight that a network wants. */
    record Slot(Node node, WeightSpec spec) {
        String key() {
            return node.name() + "/" + spec.name();
        }
    }

    private final KerasFile file;
    private final Map<String, StoredWeight> bySlot;

    private KerasWeights(KerasFile file, Map<String, StoredWeight> bySlot) {
        this.file = file;
        this.bySlot = bySlot;
    }

    /**
     * Matches a file with a network.
     *
     * @throws UserError naming the file, the layer and both shapes where they do not agree
     */
    public static KerasWeights match(KerasFile file, NetworkLayout layout) {
        return new KerasWeights(file, new Matching(file, layout).match());
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        return file.values(bySlot.get(new Slot(node, weight).key()));
    }

    /** The values of one weight by the names of its layer and of itself; empty if the network has none such. */
    public Optional<FloatBuffer> tensor(String layer, String weight) {
        return Optional.ofNullable(bySlot.get(layer + "/" + weight)).map(file::values);
    }

    /**
     * Looks at every number.
     *
     * @throws UserError naming the first layer that has one which is not finite
     */
    public void checkFinite() {
        for (StoredWeight weight : bySlot.values()) {
            if (!FiniteCheck.allFinite(file.values(weight))) {
                throw UserError.weights("%s: layer %s: %s holds numbers that are not finite (NaN or infinite)"
                        .formatted(file.path(), weight.layer(), weight.name()));
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }

    /** The comparison of what the file lists with what the network wants. */
    private record Matching(KerasFile file, NetworkLayout layout) {

        Map<String, StoredWeight> match() {
            List<List<StoredWeight>> stored = file.layers();
            List<NetworkLayout.Group> wanted = layout.groupsWithWeights();
            Map<String, StoredWeight> matched = new HashMap<>();
            for (int i = 0; i < Math.min(stored.size(), wanted.size()); i++) {
                matchLayer(stored.get(i), wanted.get(i), matched);
            }
            if (stored.size() < wanted.size()) {
                throw mismatch("layer %s of the network is missing in the file, which has weights for %d layers of %d"
                        .formatted(wanted.get(stored.size()).name(), stored.size(), wanted.size()));
            }
            if (stored.size() > wanted.size()) {
                StoredWeight surplus = stored.get(wanted.size()).get(0);
                throw mismatch("layer %s of the file, with %s %s, is not in the network"
                        .formatted(surplus.layer(), surplus.name(), surplus.shape()));
            }
            return matched;
        }

        private void matchLayer(
                List<StoredWeight> stored, NetworkLayout.Group group, Map<String, StoredWeight> matched) {
            List<Slot> wanted = group.slots();
            String layers = layers(stored.get(0).layer(), group.name());
            for (int i = 0; i < Math.min(stored.size(), wanted.size()); i++) {
                matchWeight(layers, stored.get(i), wanted.get(i));
                matched.put(wanted.get(i).key(), stored.get(i));
            }
            if (stored.size() < wanted.size()) {
                Slot missing = wanted.get(stored.size());
                throw mismatch("%s: dataset for %s %s is missing"
                        .formatted(layers, missing.spec().name(), missing.spec().shape()));
            }
            if (stored.size() > wanted.size()) {
                StoredWeight surplus = stored.get(wanted.size());
                throw mismatch("%s: dataset %s %s has no place in the network"
                        .formatted(layers, surplus.name(), surplus.shape()));
            }
        }

        private void matchWeight(String layers, StoredWeight stored, Slot wanted) {
            boolean sameKind = stored.kind().isEmpty()
                    || stored.kind().equals(wanted.spec().name());
            if (!sameKind || !stored.shape().equals(wanted.spec().shape())) {
                throw mismatch("%s: the file has %s %s where the network has %s %s"
                        .formatted(
                                layers,
                                stored.name(),
                                stored.shape(),
                                wanted.spec().name(),
                                wanted.spec().shape()));
            }
        }

        private static String layers(String inFile, String inNetwork) {
            return inFile.equals(inNetwork)
                    ? "layer " + inFile
                    : "layer %s (in the file %s)".formatted(inNetwork, inFile);
        }

        private UserError mismatch(String what) {
            return UserError.weights("%s does not hold the weights of %s: %s"
                    .formatted(file.path(), layout.network().name(), what));
        }
    }
}
