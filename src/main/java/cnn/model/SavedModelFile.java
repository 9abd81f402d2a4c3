package cnn.model;

import cnn.Excerpt;
import cnn.UserError;
import cnn.confidence.Novelty;
import cnn.json.JsonObject;
import cnn.keras.FileKind;
import cnn.model.SavedModelText.Digests;
import cnn.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A saved model's file, open: the description, and the tail's weights, which stay in the file until they are asked for.
 * Reads and writes without ND4J.
 *
 * <p>The file is a zip with the tail's weights once, and {@code cnn.json}. Where Deeplearning4j's own layers can express the
 * tail, its ModelSerializer restores it from the file: the weights are its {@code coefficients.bin}, beside its {@code
 * configuration.json}. Elsewhere, and in files of format 1 besides these, they are one entry in Keras's order and layout,
 * little-endian float32. Ranges for int8 are an entry more, and so are rows that tell novelty, if there are any.
 */
public final class SavedModelFile implements AutoCloseable {
    /** As long as makes the weights begin at a multiple of 64 bytes in the file. */
    static final String WEIGHTS = "cnn-tail-weights.keras.float32.bin";

    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";
    static final String CALIBRATION = "cnn-int8.json";
    static final String NOVELTY = "cnn-novelty.json";
    static final String DESCRIPTION = "cnn.json";

    private final Path file;
    private final FileChannel channel;
    private final SavedModelText text;
    private final List<StoredZip.Entry> entries;
    private final Weights weights;

    /**
     * What it says of itself.
     *
     * @param kerasOrderOnly why Deeplearning4j cannot restore the file, if it cannot
     * @param novelty what tells images unlike the training images, if it holds that
     */
    public record Description(SavedModel model, Optional<String> kerasOrderOnly, Optional<Novelty> novelty) {}

    private SavedModelFile(Path file, FileChannel channel, List<StoredZip.Entry> entries) throws IOException {
        this.file = file;
        this.channel = channel;
        this.text = description(entries);
        this.entries = entries;
        this.weights =
                TailWeights.open(file, channel, entries.get(0), text.model().tail());
    }

    /**
     * Writes a model: under a temporary name beside its place, moved there when it is complete. Equal arguments give equal
     * bytes.
     *
     * @param tail the weights of {@link SavedModel#tail}, asked for by its nodes
     * @throws UserError of kind DATA if the file cannot be written; nothing is left behind then
     */
    public static void write(Path file, SavedModel model, Weights tail) {
        write(file, model, tail, Optional.empty(), Optional.empty());
    }

    /**
     * As {@link #write(Path, SavedModel, Weights)}.
     *
     * @param calibrated what the model needs to be computed in int8, if it is to hold that
     * @param novelty what tells images unlike the training images, if it is to hold that
     */
    public static void write(
            Path file, SavedModel model, Weights tail, Optional<Calibrated> calibrated, Optional<Novelty> novelty) {
        SavedModelWriter.write(file, model, tail, calibrated, novelty);
    }

    /**
     * Writes a copy of a model that holds ranges for int8 in the place of those that it holds.
     *
     * @throws UserError as {@link #open} and {@link #write} do
     */
    public static void copy(Path from, Path to, Calibrated calibrated) {
        try (SavedModelFile original = open(from)) {
            write(to, original.model(), original.tailWeights(), Optional.of(calibrated), original.novelty());
        }
    }

    /**
     * Opens a model and checks the digests of all that is in it.
     *
     * @throws UserError of kind WEIGHTS if it is missing, torn, damaged or no saved model
     */
    public static SavedModelFile open(Path file) {
        try {
            checkKind(file, FileKind.of(file));
            FileChannel channel = FileChannel.open(file);
            try {
                return new SavedModelFile(file, channel, StoredZip.read(file, channel));
            } catch (UserError | IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw StoredZip.unreadable(file, e);
        }
    }

    private static void checkKind(Path file, FileKind kind) {
        String remedy =
                switch (kind) {
                    case SAVED_MODEL, OTHER -> "";
                    case HDF5 -> "if it is a Keras model, name it *.h5, or give it as -m NAME --weights " + file;
                    case KERAS_ARCHIVE ->
                        "save the model as .h5 in Keras, model.save(\"model.h5\"), and give that file";
                    case FOLDER, SPECIAL, EMPTY, IMAGE ->
                        "a network's name is wanted, or a file that `cnn train` or Keras wrote (*.zip, *.h5)";
                };
        if (!remedy.isEmpty()) {
            throw UserError.weights("%s is %s, not a model; %s".formatted(file, kind.words(), remedy));
        }
    }

    public SavedModel model() {
        return text.model();
    }

    /** Why Deeplearning4j cannot restore the tail from this file, if it cannot. */
    Optional<String> kerasOrderOnly() {
        return text.kerasOrderOnly();
    }

    /** The weights above the cut, by the nodes of {@link SavedModel#tail} or of the whole network; valid until closed. */
    public Weights tailWeights() {
        return weights;
    }

    /** The sha256 of the tail's weights in Keras's order and layout, however the file keeps them: their identity. */
    public String tailSha256() {
        return text.tailSha256();
    }

    /** Of all weights, those of the base's file too: equal text, equal numbers. */
    String identity() {
        return identity(text.model(), text.tailSha256());
    }

    /** @param tailSha256 of the tail's weights in Keras's order and layout, however the file keeps them */
    static String identity(SavedModel model, String tailSha256) {
        return model.base().map(base -> "weights " + base.sha256() + ", ").orElse("") + "tail " + tailSha256;
    }

    /**
     * The ranges for int8 that it holds, if it does.
     *
     * @throws UserError of kind WEIGHTS if they are damaged
     */
    Optional<CalibrationText> calibration() {
        return text(CALIBRATION).map(json -> CalibrationText.parse(place(CALIBRATION), json));
    }

    /**
     * What tells images unlike the training images, if it holds that.
     *
     * @throws UserError of kind WEIGHTS if it is damaged, or not of this network
     */
    public Optional<Novelty> novelty() {
        return text(NOVELTY).map(json -> {
            try {
                Novelty found = Novelty.parse(JsonObject.parse(place(NOVELTY), json));
                boolean fits = model().network().nodes().stream()
                        .anyMatch(node -> node.name().equals(found.layer())
                                && node.outputShape().elements() == found.features());
                if (!fits) {
                    throw new IllegalArgumentException(
                            "no layer %s gives %d numbers".formatted(Excerpt.of(found.layer()), found.features()));
                }
                return found;
            } catch (IllegalArgumentException e) {
                throw StoredZip.damaged(file, "%s: %s".formatted(NOVELTY, Excerpt.of(e.getMessage())));
            }
        });
    }

    private String place(String entry) {
        return "%s, %s".formatted(file, entry);
    }

    /** The text of an entry, if it is there. */
    private Optional<String> text(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .map(entry -> {
                    try {
                        return StandardCharsets.UTF_8
                                .decode(channel.map(MapMode.READ_ONLY, entry.content(), entry.bytes()))
                                .toString();
                    } catch (IOException e) {
                        throw StoredZip.unreadable(file, e);
                    }
                });
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw StoredZip.unreadable(file, e);
        }
    }

    private SavedModelText description(List<StoredZip.Entry> entries) throws IOException {
        StoredZip.Entry last = entries.get(entries.size() - 1);
        if (!List.of(COEFFICIENTS, WEIGHTS).contains(entries.get(0).name())
                || !last.name().equals(DESCRIPTION)) {
            throw StoredZip.damaged(file, "it holds no " + DESCRIPTION);
        }
        ByteBuffer json = channel.map(MapMode.READ_ONLY, last.content(), last.bytes());
        SavedModelText description;
        try {
            description =
                    SavedModelText.parse(StandardCharsets.UTF_8.decode(json).toString());
        } catch (IllegalArgumentException e) {
            throw StoredZip.damaged(file, Excerpt.of(e.getMessage()));
        }
        for (StoredZip.Entry entry : entries.subList(0, entries.size() - 1)) {
            Digests digests = description.entries().get(entry.name());
            if (digests == null
                    || digests.bytes() != entry.bytes()
                    || !digests.crc32().equals("%08x".formatted(entry.crc32()))) {
                throw StoredZip.damaged(file, "entry " + entry.name() + " is not the one that was written");
            }
        }
        return description;
    }
}
