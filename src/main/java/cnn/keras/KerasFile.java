package cnn.keras;

import cnn.IoReason;
import cnn.UserError;
import cnn.json.JsonObject;
import cnn.network.Shape;
import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file that Keras wrote: a whole model as {@code .keras} or {@code .h5}, or weights only, as Keras 3's {@code .weights.h5} or
 * as the {@code .h5} of all versions before. Which it is its content tells. Values stay in the file, mapped, until they are
 * asked for.
 */
public final class KerasFile implements AutoCloseable {
    private static final String WHOLE_MODEL_WEIGHTS = "model_weights";
    private static final String CONFIG = "model_config";

    private final Path path;
    private final FileChannel channel;
    private final Hdf5File hdf;
    private final StoredWeights weights;
    private final Optional<String> config;
    private final FileNotes notes;
    private final Optional<CompileConfig> compiled;

    private KerasFile(
            Path path,
            FileChannel channel,
            Hdf5File hdf,
            StoredWeights weights,
            Optional<String> config,
            FileNotes notes,
            Optional<CompileConfig> compiled) {
        this.path = path;
        this.channel = channel;
        this.hdf = hdf;
        this.weights = weights;
        this.config = config;
        this.notes = notes;
        this.compiled = compiled;
    }

    /**
     * Reads what the file lists, but no values.
     *
     * @throws UserError if it is missing, torn, or no Keras file, or parts of it lie in other files
     */
    public static KerasFile open(Path path) {
        try {
            FileKind kind = FileKind.of(path);
            checkKind(path, kind);
            FileChannel channel = FileChannel.open(path);
            try {
                return Hdf5File.guarded(path, () -> open(path, channel, kind));
            } catch (UserError e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    public Path path() {
        return path;
    }

    /** The architecture as JSON, if this is a whole model. */
    public Optional<String> modelConfig() {
        return config;
    }

    /** What else the file says of its model. */
    public FileNotes notes() {
        return notes;
    }

    /** What the model is compiled with, if it is. */
    public Optional<CompileConfig> compiled() {
        return compiled;
    }

    /** {@link #layout(Optional, Optional)} of a model with one output. */
    public Optional<NetworkLayout> layout(Optional<Shape> inputSize) {
        return layout(inputSize, Optional.empty());
    }

    /**
     * The architecture, if this is a whole model.
     *
     * @param inputSize see {@link ModelConfig#parse}
     * @param outputLayer which output to take of several
     * @throws UserError as {@link ModelConfig#parse} does, naming the file
     */
    public Optional<NetworkLayout> layout(Optional<Shape> inputSize, Optional<String> outputLayer) {
        try {
            return config.map(json -> ModelConfig.parse(json, inputSize, outputLayer, notes.origin()));
        } catch (UserError e) {
            String message = e.getMessage().startsWith(path.toString()) ? e.getMessage() : path + ": " + e.getMessage();
            throw switch (e.kind()) {
                case USAGE -> UserError.usage(message, e);
                case DATA -> UserError.data(message, e);
                case WEIGHTS -> UserError.weights(message, e);
            };
        }
    }

    /**
     * The model as it can be written again.
     *
     * @param layout as {@link #layout(Optional, Optional)} gives it
     * @throws UserError of kind WEIGHTS if it has what Keras 3 cannot express
     */
    public ExportedModel exported(NetworkLayout layout, Optional<String> outputLayer) {
        return KerasConversion.of(config.orElseThrow(), layout, outputLayer, notes.origin());
    }

    /** The Keras that the layers of {@link #exported} are of. */
    public KerasVersion exportVersion() {
        return KerasVersion.of(notes);
    }

    /** The names of the layers that have weights, in the order in which they were saved. */
    public List<String> layersWithWeights() {
        return weights.layersWithWeights();
    }

    /** The dataset of every weight of a network; see {@link StoredWeights#match}. */
    Map<String, StoredWeight> match(NetworkLayout layout) {
        return Hdf5File.guarded(path, () -> weights.match(layout));
    }

    /** The values of one dataset as float32, mapped where the file holds them so. */
    FloatBuffer values(StoredWeight weight) {
        return hdf.floats(weight.dataset());
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

    private static KerasFile open(Path path, FileChannel channel, FileKind kind) {
        try {
            return kind == FileKind.KERAS_ARCHIVE ? archive(path, channel) : hdf5(path, channel);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static KerasFile archive(Path path, FileChannel channel) throws IOException {
        try (KerasArchive archive = KerasArchive.open(path, channel)) {
            String config = archive.text(KerasArchive.CONFIG);
            FileNotes notes = FileNotes.ofArchive(config, archive.metadata());
            Hdf5File hdf = Hdf5File.open(path, archive.weights());
            JsonObject model = JsonObject.parse("model_config", config);
            Optional<CompileConfig> compiled = model.has("compile_config")
                    ? CompileConfig.ofArchive(model.object("compile_config"))
                    : Optional.empty();
            return new KerasFile(
                    path, channel, hdf, new PathWeights(path, hdf, true), Optional.of(config), notes, compiled);
        }
    }

    private static KerasFile hdf5(Path path, FileChannel channel) throws IOException {
        Hdf5File hdf = Hdf5File.open(path, Hdf5Bytes.file(channel));
        Group root = hdf.root();
        Group listed = hdf.find(root, WHOLE_MODEL_WEIGHTS).orElse(root) instanceof Group group ? group : root;
        if (ListedWeights.areIn(listed)) {
            Optional<String> config = text(root, CONFIG);
            if (config.isEmpty() && root.getAttribute(CONFIG) != null) {
                throw UserError.weights(path + ": its model_config is no text; the file is damaged");
            }
            FileNotes notes = FileNotes.ofHdf5(name -> text(root, name));
            Optional<CompileConfig> compiled = text(root, "training_config")
                    .flatMap(json -> CompileConfig.ofH5(JsonObject.parse("training_config", json), notes.origin()));
            return new KerasFile(path, channel, hdf, new ListedWeights(path, hdf, listed), config, notes, compiled);
        }
        if (PathWeights.areIn(root)) {
            return new KerasFile(
                    path,
                    channel,
                    hdf,
                    new PathWeights(path, hdf, false),
                    Optional.empty(),
                    FileNotes.NONE,
                    Optional.empty());
        }
        throw UserError.weights(
                root.getChild("vars") == null
                        ? path + ": not a Keras weight file: it has no attribute layer_names"
                        : path
                                + ": the weights of a model whose class is your own; only those of sequential and functional models "
                                + "are read");
    }

    private static Optional<String> text(Group root, String name) {
        return Optional.ofNullable(root.getAttribute(name))
                .map(Attribute::getData)
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    private static UserError unreadable(Path path, IOException e) {
        return UserError.weights("%s: cannot be read (%s)".formatted(path, IoReason.of(e)), e);
    }

    private static void checkKind(Path path, FileKind kind) {
        String remedy =
                switch (kind) {
                    case HDF5, KERAS_ARCHIVE, OTHER -> "";
                    case SAVED_MODEL -> "use it as -m " + path;
                    case FOLDER, SPECIAL, EMPTY, IMAGE -> "a file that Keras saved is wanted";
                };
        if (!remedy.isEmpty()) {
            throw UserError.weights("%s is %s, not Keras weights; %s".formatted(path, kind.words(), remedy));
        }
    }
}
