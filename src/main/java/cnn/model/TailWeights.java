package cnn.model;

import cnn.Excerpt;
import cnn.dl4j.Coefficients;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.program.UnsupportedLayerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The weights in a saved model's file, which stay there until they are asked for. */
record TailWeights(Path file, Weights stored) implements Weights {

    /**
     * Those of an entry.
     *
     * @throws cnn.UserError of kind WEIGHTS if it holds other weights than the network has
     */
    static TailWeights open(Path file, FileChannel channel, StoredZip.Entry entry, Network tail) throws IOException {
        try {
            if (entry.name().equals(SavedModelFile.WEIGHTS)) {
                KerasOrder stored = new KerasOrder(channel, entry.content(), tail);
                requireBytes(stored.bytes(), entry, file);
                return new TailWeights(file, stored);
            }
            Coefficients stored = new Coefficients(channel, entry.content(), tail);
            requireBytes(stored.bytes(), entry, file);
            return new TailWeights(file, stored);
        } catch (ArithmeticException e) {
            throw StoredZip.damaged(file, "its network has more weights than can be counted");
        } catch (UnsupportedLayerException e) {
            throw StoredZip.damaged(file, Excerpt.of(e.getMessage()));
        }
    }

    @Override
    public FloatBuffer values(Node node, WeightSpec weight) {
        try {
            return stored.values(node, weight);
        } catch (UncheckedIOException e) {
            throw StoredZip.unreadable(file, e.getCause());
        }
    }

    private static void requireBytes(long bytes, StoredZip.Entry entry, Path file) {
        if (bytes != entry.bytes()) {
            throw StoredZip.damaged(file, "it holds other weights than its network has");
        }
    }
}
