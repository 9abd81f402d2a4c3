package cnn.keras;

import cnn.UserError;
import cnn.json.Json;
import cnn.keras.KerasWeights.Slot;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A network and its weights as the HDF5 file that Keras 2's {@code model.save()} writes, which Keras 3 reads too: architecture
 * and weights, no optimizer. The layout is that of Keras's {@code legacy_h5_format.py}.
 */
public final class WholeModelFile {
    /** Of the Keras whose format this is. */
    private static final String KERAS_VERSION = "2.15.0";

    private static final String BACKEND = "tensorflow";

    private WholeModelFile() {}

    /** {@link #write(Network, ExportNotes, Weights, Consumer)} of a network of which there is no more to say. */
    public static void write(Network network, Weights weights, Consumer<byte[]> out) {
        write(network, ExportNotes.NONE, weights, out);
    }

    /**
     * Writes a file.
     *
     * @param out takes the bytes in their order; it may keep the arrays
     * @throws UserError if two layers would have the same name in Keras
     */
    public static void write(Network network, ExportNotes notes, Weights weights, Consumer<byte[]> out) {
        Network named = KerasNames.of(network);
        Hdf5Group root = new Hdf5Group();
        root.put("model_config", Json.text(ModelConfig.of(named)));
        notes.putInto(root);
        Hdf5Group listed = root.group("model_weights");
        for (Hdf5Group group : List.of(root, listed)) {
            group.put("keras_version", KERAS_VERSION);
            group.put("backend", BACKEND);
        }
        listed.put("layer_names", named.nodes().stream().map(Node::name).toList());
        for (int i = 0; i < named.nodes().size(); i++) {
            putLayer(listed, named.nodes().get(i).name(), network.nodes().get(i));
        }
        Hdf5Writer.write(root, weights, out);
    }

    /** A layer's group, with the datasets in a group of the same name within, as Keras names them. */
    private static void putLayer(Hdf5Group listed, String name, Node node) {
        Hdf5Group layer = listed.group(name);
        List<String> names = new ArrayList<>();
        for (WeightSpec weight : node.weights()) {
            String path = name + "/" + weight.name() + ":0";
            names.add(path);
            layer.put(path, new Slot(node, weight, weight.trainable()));
        }
        layer.put("weight_names", names);
    }
}
