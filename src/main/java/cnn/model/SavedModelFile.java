package cnn.model;

import cnn.Excerpt;
import cnn.IoReason;
import cnn.UserError;
import cnn.dl4j.PlainGraph;
import cnn.files.PartFile;
import cnn.keras.FileKind;
import cnn.model.SavedModelText.Digests;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A saved model's file, open: the description, and the tail's weights, which stay in the file, mapped, until they are asked
 * for. Needs no ND4J.
 *
 * <p>The file is a zip that Deeplearning4j's ModelSerializer restores the tail from ({@code configuration.json} and
 * {@code coefficients.bin}), with the same weights in Keras's order and layout, little-endian float32, and {@code cnn.json}.
 */
public final class SavedModelFile implements AutoCloseable {
    /** As long as makes the weights begin at a multiple of 64 bytes in the file. */
    private static final String WEIGHTS = "cnn-tail-weights.keras.float32.bin";

    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final String NO_COEFFICIENTS = "noParams.marker";
    private static final String DESCRIPTION = "cnn.json";
    private static final int BLOCK = 1 << 14;

    private final Path file;
    private final FileChannel channel;
    private final SavedModelText text;
    private final Map<String, Long> places = new HashMap<>();

    private SavedModelFile(Path file, FileChannel channel, List<StoredZip.Entry> entries) throws IOException {
        this.file = file;
        this.channel = channel;
        this.text = description(entries);
        long place = entries.get(0).content();
        try {
            for (Node node : text.model().tail().nodes()) {
                for (WeightSpec weight : node.weights()) {
                    places.put(key(node, weight), place);
                    place = Math.addExact(place, weight.shape().bytes());
                }
            }
        } catch (ArithmeticException e) {
            throw StoredZip.damaged(file, "its network has more weights than can be counted");
        }
        if (place != entries.get(0).end()) {
            throw StoredZip.damaged(file, "it holds other weights than its network has");
        }
    }

    /**
     * Writes a model: under a temporary name beside its place, moved there when it is complete. Equal arguments give equal
     * bytes. This, and only this, loads ND4J.
     *
     * @param tail the weights of {@link SavedModel#tail}, asked for by its nodes
     * @throws UserError of kind DATA if the file cannot be written; nothing is left behind then
     */
    public static void write(Path file, SavedModel model, Weights tail) {
        Network network = model.tail();
        try (PartFile part = PartFile.beside(file);
                PlainGraph graph = PlainGraph.of(network, tail, model.training().seed())) {
            StoredZipWriter zip = new StoredZipWriter(part.channel());
            Map<String, Digests> entries = new LinkedHashMap<>();
            entries.put(WEIGHTS, Digests.of(zip.add(WEIGHTS, out -> writeValues(network, tail, out))));
            entries.put(CONFIGURATION, Digests.of(zip.add(CONFIGURATION, out -> out.write(graph.configuration()))));
            String coefficients = graph.hasCoefficients() ? COEFFICIENTS : NO_COEFFICIENTS;
            entries.put(coefficients, Digests.of(zip.add(coefficients, out -> {
                if (graph.hasCoefficients()) {
                    graph.writeCoefficients(out);
                }
            })));
            byte[] description = new SavedModelText(model, entries).json().getBytes(StandardCharsets.UTF_8);
            zip.add(DESCRIPTION, out -> out.write(description));
            zip.end();
            part.moveTo(file);
        } catch (IOException e) {
            throw UserError.data("cannot write the model %s: %s".formatted(file, IoReason.of(e)), e);
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

    /** The weights above the cut, by the nodes of {@link SavedModel#tail} or of the whole network; valid until closed. */
    public Weights tailWeights() {
        return this::values;
    }

    /** The sha256 of the tail's weights in Keras's order and layout: their identity. */
    public String tailSha256() {
        return text.entries().get(WEIGHTS).sha256();
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
        if (!entries.get(0).name().equals(WEIGHTS) || !last.name().equals(DESCRIPTION)) {
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

    private FloatBuffer values(Node node, WeightSpec weight) {
        Long place = places.get(key(node, weight));
        if (place == null) {
            throw new IllegalArgumentException(node.name() + " is not in the tail of " + file);
        }
        try {
            return channel.map(MapMode.READ_ONLY, place, weight.shape().bytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        } catch (IOException e) {
            throw StoredZip.unreadable(file, e);
        }
    }

    private static String key(Node node, WeightSpec weight) {
        return node.name() + "/" + weight.name();
    }

    private static void writeValues(Network network, Weights weights, OutputStream out) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                FloatBuffer values = weights.values(node, weight).duplicate();
                if (values.remaining() != weight.shape().elements()) {
                    throw new IllegalArgumentException(
                            "%s of %s has %d values".formatted(weight, node.name(), values.remaining()));
                }
                while (values.hasRemaining()) {
                    int count = Math.min(BLOCK, values.remaining());
                    block.clear().asFloatBuffer().put(values.slice(values.position(), count));
                    values.position(values.position() + count);
                    out.write(block.array(), 0, count * Float.BYTES);
                }
            }
        }
    }
}
