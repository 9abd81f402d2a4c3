package cnn.keras;

import cnn.UserError;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a network in a Keras file, matched as Keras matches them: layer by layer in the order of the file, each
 * shape checked and each dataset used exactly once.
 */
public final class KerasWeights implements Weights, AutoCloseable {

    /**
     * A weight that a network wants.
     *
     * @param trainable whether training changed it when the file was saved
     */
    record Slot(Node node, WeightSpec spec, boolean trainable) {
        String key() {
            return KerasWeights.key(node, spec);
        }

        /** Whether it is the whole number that a Normalization has counted. */
        boolean isCount() {
            return spec.name().equals("count");
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
        Map<String, StoredWeight> bySlot = new HashMap<>(file.match(layout));
        layout.shared().forEach((again, first) -> {
            Node node = layout.network().node(first);
            if (layout.network().has(again)) {
                node.weights().forEach(spec -> bySlot.put(again + "/" + spec.name(), bySlot.get(key(node, spec))));
            }
        });
        return new KerasWeights(file, bySlot);
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        return file.values(bySlot.get(key(node, weight)));
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

    private static String key(Node node, WeightSpec weight) {
        return node.name() + "/" + weight.name();
    }
}
