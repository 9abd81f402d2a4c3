package cnn.keras;

import cnn.UserError;
import cnn.network.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A Keras HDF5 file: weights only, or a whole model as {@code model.save()} writes it.
 *
 * <p>The layout is that of Keras's {@code legacy_h5_format.py}: attribute {@code layer_names} lists a group per layer,
 * whose attribute {@code weight_names} lists its datasets. Values stay in the file, mapped, until they are asked for.
 */
public final class KerasFile implements AutoCloseable {
    private static final String WHOLE_MODEL_WEIGHTS = "model_weights";
    private static final String LAYER_NAMES = "layer_names";
    private static final String WEIGHT_NAMES = "weight_names";

    private final Path path;
    private final FileChannel channel;
    private final HdfFile hdf;
    private final Group weights;
    private final Map<String, Dataset> datasets = new HashMap<>();
    private final List<List<StoredWeight>> layers = new ArrayList<>();

    private KerasFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.hdf = new HdfFile(path);
        Node wholeModel = hdf.getChildren().get(WHOLE_MODEL_WEIGHTS);
        this.weights = wholeModel instanceof Group group ? group : hdf;
        if (weights.getAttribute(LAYER_NAMES) == null && weights.getAttribute(LAYER_NAMES + "0") == null) {
            throw UserError.weights(path + ": not a Keras weight file: it has no attribute " + LAYER_NAMES);
        }
        strings(weights, LAYER_NAMES).forEach(this::readLayer);
        checkAllListed();
    }

    /**
     * Reads what the file lists, but no values.
     *
     * @throws UserError if it is missing, torn, or no Keras file
     */
    public static KerasFile open(Path path) {
        try {
            FileChannel channel = FileChannel.open(path);
            try {
                return guarded(path, () -> new KerasFile(path, channel));
            } catch (UserError e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw UserError.weights("%s: cannot be read (%s)".formatted(path, e), e);
        }
    }

    public Path path() {
        return path;
    }

    /** The architecture as JSON, if this is a whole model. */
    public Optional<String> modelConfig() {
        return guarded(path, () -> Optional.ofNullable(hdf.getAttribute("model_config"))
                .map(attribute -> String.valueOf(attribute.getData())));
    }

    /** The names of the layers that have weights, in the order in which they were saved. */
    public List<String> layersWithWeights() {
        return layers.stream().map(layer -> layer.get(0).layer()).toList();
    }

    /** The weights of each layer that has any, in the order in which they were saved. */
    List<List<StoredWeight>> layers() {
        return layers;
    }

    /** The values of one dataset as float32, mapped where the file holds them so. */
    FloatBuffer values(StoredWeight weight) {
        return guarded(path, () -> values(datasets.get(weight.path())));
    }

    @Override
    public void close() {
        hdf.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw UserError.weights(path + ": cannot be closed", e);
        }
    }

    private void readLayer(String layer) {
        if (!(weights.getChild(layer) instanceof Group group)) {
            throw UserError.weights(
                    "%s: layer %s is listed but has no group; the file is damaged".formatted(path, layer));
        }
        List<StoredWeight> listed = new ArrayList<>();
        for (String name : strings(group, WEIGHT_NAMES)) {
            Dataset dataset = group.getDatasetByPath(name);
            StoredWeight weight = new StoredWeight(layer, name, shape(dataset));
            datasets.put(weight.path(), dataset);
            listed.add(weight);
        }
        if (!listed.isEmpty()) {
            layers.add(listed);
        }
    }

    private void checkAllListed() {
        Set<String> present = new HashSet<>();
        collectDatasets(weights, "", present);
        present.removeAll(datasets.keySet());
        if (!present.isEmpty()) {
            throw UserError.weights("%s: dataset %s belongs to no layer; the file is damaged or not Keras's"
                    .formatted(path, present.stream().sorted().findFirst().orElseThrow()));
        }
    }

    private static void collectDatasets(Group group, String prefix, Set<String> found) {
        for (Node node : group) {
            if (node instanceof Group inner) {
                collectDatasets(inner, prefix + node.getName() + "/", found);
            } else {
                found.add(prefix + node.getName());
            }
        }
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

    private static Shape shape(Dataset dataset) {
        return Shape.of(dataset.isScalar() ? new int[] {1} : dataset.getDimensions());
    }

    private FloatBuffer values(Dataset dataset) {
        boolean plain = dataset instanceof ContiguousDataset
                && dataset.getDataType() instanceof FloatingPoint type
                && type.getSize() == Float.BYTES
                && type.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
        return plain ? map((ContiguousDataset) dataset) : read(dataset);
    }

    private FloatBuffer map(ContiguousDataset dataset) {
        long start = hdf.getUserBlockSize() + dataset.getDataAddress();
        long bytes = dataset.getSizeInBytes();
        try {
            if (start < 0 || start + bytes > channel.size()) {
                throw UserError.weights(
                        "%s: torn: dataset %s ends beyond the end of the file".formatted(path, dataset.getPath()));
            }
            return channel.map(MapMode.READ_ONLY, start, bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        } catch (IOException e) {
            throw UserError.weights("%s: cannot be read (%s)".formatted(path, e), e);
        }
    }

    private FloatBuffer read(Dataset dataset) {
        Object flat = dataset.getDataFlat();
        if (flat instanceof float[] values) {
            return FloatBuffer.wrap(values);
        }
        if (flat instanceof double[] values) {
            float[] narrow = new float[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) values[i];
            }
            return FloatBuffer.wrap(narrow);
        }
        throw UserError.weights("%s: dataset %s holds no floating-point numbers".formatted(path, dataset.getPath()));
    }

    /** A damaged file makes the HDF5 reader fail in many ways; to the user they are all one. */
    private static <T> T guarded(Path path, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String reason = e.getMessage() == null
                    ? e.getClass().getSimpleName()
                    : e.getMessage().lines().findFirst().orElse("");
            throw UserError.weights("%s: torn, damaged or not an HDF5 file (%s)".formatted(path, reason), e);
        }
    }
}
