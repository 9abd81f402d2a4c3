package cnn.keras;

import cnn.UserError;
import cnn.json.Json;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A network and its weights as the HDF5 file that Keras 2's {@code model.save()} writes, which Keras 3 reads too: architecture
 * and weights, no optimizer. The layout is that of Keras's {@code legacy_h5_format.py}.
 *
 * <p>All places follow from the shapes, so the file is written from its first byte to its last, and no more than a piece
 * of one weight is in memory: the superblock, the weights one behind the other, then all that describes them.
 */
public final class WholeModelFile {
    /** Of the Keras whose format this is. */
    private static final String KERAS_VERSION = "2.15.0";

    private static final String BACKEND = "tensorflow";
    private static final int BLOCK = 1 << 14;

    private final Network network;
    private final List<byte[]> descriptions = new ArrayList<>();
    private long position;

    private WholeModelFile(Network network, long descriptions) {
        this.network = network;
        this.position = descriptions;
    }

    /**
     * Writes a file.
     *
     * @param out takes the bytes in their order; it may keep the arrays
     * @throws UserError if two layers would have the same name in Keras
     */
    public static void write(Network network, Weights weights, Consumer<byte[]> out) {
        Network named = KerasNames.of(network);
        List<long[]> places = new ArrayList<>();
        long end = Hdf5Objects.SUPERBLOCK_BYTES;
        for (Node node : network.nodes()) {
            long[] starts = new long[node.weights().size()];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = end;
                end += aligned(Float.BYTES * node.weights().get(i).shape().elements());
            }
            places.add(starts);
        }
        WholeModelFile file = new WholeModelFile(named, end);
        long root = file.describe(places);
        out.accept(Hdf5Objects.superblock(root, file.position));
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                writeValues(node, weight, weights, out);
            }
        }
        file.descriptions.forEach(out);
    }

    /** Lays out all that is not weights; gives the address of the root group. */
    private long describe(List<long[]> places) {
        Map<String, Long> groups = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Node node = network.nodes().get(i);
            names.add(node.name());
            groups.put(node.name(), layer(node, places.get(i)));
        }
        byte[] version = Hdf5Objects.text("keras_version", KERAS_VERSION, put(Hdf5Objects.heap(KERAS_VERSION)));
        byte[] backend = Hdf5Objects.text("backend", BACKEND, put(Hdf5Objects.heap(BACKEND)));
        long weights =
                put(Hdf5Objects.group(groups, List.of(Hdf5Objects.strings("layer_names", names), backend, version)));
        String config = config();
        byte[] architecture = Hdf5Objects.text("model_config", config, put(Hdf5Objects.heap(config)));
        return put(Hdf5Objects.group(Map.of("model_weights", weights), List.of(architecture, backend, version)));
    }

    /** A layer's group, with the datasets in a group of the same name within, as Keras names them. */
    private long layer(Node node, long[] starts) {
        Map<String, Long> datasets = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            WeightSpec weight = node.weights().get(i);
            Shape shape = weight.shape();
            long[] dimensions =
                    shape.sizes().stream().mapToLong(Integer::longValue).toArray();
            String name = weight.name() + ":0";
            names.add(node.name() + "/" + name);
            datasets.put(name, put(Hdf5Objects.floats(dimensions, starts[i], Float.BYTES * shape.elements())));
        }
        Map<String, Long> inner = new LinkedHashMap<>();
        if (!datasets.isEmpty()) {
            inner.put(node.name(), put(Hdf5Objects.group(datasets)));
        }
        return put(Hdf5Objects.group(inner, List.of(Hdf5Objects.strings("weight_names", names))));
    }

    private String config() {
        return Json.text(ModelConfig.of(network));
    }

    /** Gives the address of what is put. */
    private long put(byte[] object) {
        long address = position;
        byte[] padded = Arrays.copyOf(object, (int) aligned(object.length));
        descriptions.add(padded);
        position += padded.length;
        return address;
    }

    private static void writeValues(Node node, WeightSpec weight, Weights weights, Consumer<byte[]> out) {
        FloatBuffer values = weights.values(node, weight).duplicate();
        if (values.remaining() != weight.shape().elements()) {
            throw new IllegalArgumentException(
                    "%s of %s has %d values".formatted(weight, node.name(), values.remaining()));
        }
        while (values.hasRemaining()) {
            int count = Math.min(BLOCK, values.remaining());
            ByteBuffer block =
                    ByteBuffer.allocate((int) aligned(Float.BYTES * count)).order(ByteOrder.LITTLE_ENDIAN);
            block.asFloatBuffer().put(values.slice(values.position(), count));
            values.position(values.position() + count);
            out.accept(block.array());
        }
    }

    private static long aligned(long bytes) {
        return (bytes + 7) & ~7;
    }
}
