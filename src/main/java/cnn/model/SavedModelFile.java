package cnn.model;

import cnn.Excerpt;
import cnn.UserError;
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
 * little-endian float32. Ranges for int8 are an entry more, if there are any.
 */
public final class SavedModelFile implements AutoCloseable {
    /** As long as makes the weights begin at a multiple of 64 bytes in the file. */
    static final String WEIGHTS = "cnn-tail-weights.keras.float32.bin";

    static final String CONFIGURATION = "configuration.json";
    static final String COEFFICIENTS = "coefficients.bin";
    static final String CALIBRATION = "cnn-int8.json";
    static final String DESCRIPTION = "cnn.json";

    private final Path file;
    private final FileChannel channel;
    private final SavedModelText text;
    private final Optional<StoredZip.Entry> calibration;
    private final Weights weights;

    /** @param kerasOrderOnly why Deeplearning4j cannot restore the file, if it cannot */
    public record Description(SavedModel model, Optional<String> kerasOrderOnly) {}

    private SavedModelFile(Path file, FileChannel channel, List<StoredZip.Entry> entries) throws IOException {
        this.file = file;
        this.channel = channel;
        this.text = description(entries);
        this.calibration = entries.stream()
                .filter(entry -> entry.name().equals(CALIBRATION))
                .findFirst();
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
        write(file, model, tail, Optional.empty());
    }

    /**
     * As {@link #write(Path, SavedModel, Weights)}.
     *
     * @param calibrated what the model needs to be computed in int8, if it is to hold that
     */
    public static void write(Path file, SavedModel model, Weights tail, Optional<Calibrated> calibrated) {
        SavedModelWriter.write(file, model, tail, calibrated);
    }

    /**
     * Writes a copy of a model that holds ranges for int8 in the place of those that it holds.
     *
     * @throws UserError as {@link #open} and {@link #write} do
     */
    public static void copy(Path from, Path to, Calibrated calibrated) {
        try (SavedModelFile original = open(from)) {
            write(to, original.model(), original.tailWeights(), Optional.of(calibrated));
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
        return calibration.map(entry -> {
            try {
                ByteBuffer json = channel.map(MapMode.READ_ONLY, entry.content(), entry.bytes());
                String place = "%s, %s".formatted(file, CALIBRATION);
                return CalibrationText.parse(
                        place, StandardCharsets.UTF_8.decode(json).toString());
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
