package cnn.keras;

import cnn.Excerpt;
import cnn.IoReason;
import cnn.UserError;
import cnn.network.Shape;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    private final Hdf5File hdf;
    private final Group weights;
    private final Map<String, Dataset> datasets = new HashMap<>();
    private final List<List<StoredWeight>> layers = new ArrayList<>();

    private KerasFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
        this.hdf = Hdf5File.open(path, channel);
        this.weights = hdf.find(hdf.root(), WHOLE_MODEL_WEIGHTS).orElse(hdf.root()) instanceof Group group
                ? group
                : hdf.root();
        if (weights.getAttribute(LAYER_NAMES) == null && weights.getAttribute(LAYER_NAMES + "0") == null) {
            throw UserError.weights(path + ": not a Keras weight file: it has no attribute " + LAYER_NAMES);
        }
        strings(weights, LAYER_NAMES).forEach(this::readLayer);
        checkAllListed();
    }

    /**
     * Reads what the file lists, but no values.
     *
     * @throws UserError if it is missing, torn, or no Keras file, or parts of it lie in other files
     */
    public static KerasFile open(Path path) {
        try {
            checkKind(path, FileKind.of(path));
            FileChannel channel = FileChannel.open(path);
            try {
                return Hdf5File.guarded(path, () -> new KerasFile(path, channel));
            } catch (UserError e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw UserError.weights("%s: cannot be read (%s)".formatted(path, IoReason.of(e)), e);
        }
    }

    public Path path() {
        return path;
    }

    /** The architecture as JSON, if this is a whole model. */
    public Optional<String> modelConfig() {
        return Hdf5File.guarded(path, () -> Optional.ofNullable(hdf.root().getAttribute("model_config"))
                .map(attribute -> {
                    if (attribute.getData() instanceof String config) {
                        return config;
                    }
                    throw UserError.weights(path + ": its model_config is no text; the file is damaged");
                }));
    }

    /**
     * The architecture, if this is a whole model.
     *
     * @param inputSize see {@link ModelConfig#parse}
     * @throws UserError as {@link ModelConfig#parse} does, naming the file
     */
    public Optional<NetworkLayout> layout(Optional<Shape> inputSize) {
        try {
            return modelConfig().map(config -> ModelConfig.parse(config, inputSize));
        } catch (UserError e) {
            String message = e.getMessage().startsWith(path.toString()) ? e.getMessage() : path + ": " + e.getMessage();
            throw e.kind() == UserError.Kind.DATA ? UserError.data(message, e) : UserError.weights(message, e);
        }
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
        return hdf.floats(datasets.get(weight.path()));
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

    private static void checkKind(Path path, FileKind kind) {
        String remedy =
                switch (kind) {
                    case HDF5, OTHER -> "";
                    case SAVED_MODEL -> "use it as -m " + path;
                    case KERAS_ARCHIVE -> "save the model as .h5 in Keras: model.save(\"model.h5\")";
                    case FOLDER, SPECIAL, EMPTY, IMAGE -> "a Keras .h5 is wanted";
                };
        if (!remedy.isEmpty()) {
            throw UserError.weights("%s is %s, not Keras weights; %s".formatted(path, kind.words(), remedy));
        }
    }

    private void readLayer(String layer) {
        Group group = hdf.find(weights, layer)
                .filter(Group.class::isInstance)
                .map(Group.class::cast)
                .orElseThrow(() -> UserError.weights("%s: layer %s is listed but has no group; the file is damaged"
                        .formatted(path, Excerpt.of(layer))));
        List<StoredWeight> listed = new ArrayList<>();
        for (String name : strings(group, WEIGHT_NAMES)) {
            Dataset dataset = hdf.find(group, name)
                    .filter(Dataset.class::isInstance)
                    .map(Dataset.class::cast)
                    .orElseThrow(() ->
                            UserError.weights("%s: layer %s lists %s, which is no dataset of the file; it is damaged"
                                    .formatted(path, Excerpt.of(layer), Excerpt.of(name))));
            hdf.checkPlausible(dataset);
            StoredWeight weight = new StoredWeight(layer, name, shape(dataset));
            if (datasets.put(weight.path(), dataset) != null) {
                throw UserError.weights(
                        "%s: %s is listed twice; the file is damaged".formatted(path, Excerpt.of(weight.path())));
            }
            listed.add(weight);
        }
        if (!listed.isEmpty()) {
            layers.add(listed);
        }
    }

    private void checkAllListed() {
        Set<Long> listed = datasets.values().stream().map(Node::getAddress).collect(Collectors.toSet());
        hdf.datasets(weights).forEach((address, name) -> {
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

    private static Shape shape(Dataset dataset) {
        return Shape.of(dataset.isScalar() ? new int[] {1} : dataset.getDimensions());
    }
}
