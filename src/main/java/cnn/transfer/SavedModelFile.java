package cnn.transfer;

import cnn.network.Weights;
import java.nio.file.Path;

/**
 * A saved model's file, open: the description, and the tail's weights, which stay in the file, mapped, until they are asked
 * for. Needs no ND4J.
 */
public final class SavedModelFile implements AutoCloseable {

    private SavedModelFile() {}

    /**
     * Writes a model: under a temporary name beside its place, moved there when it is complete. Equal arguments give equal
     * bytes. This, and only this, loads ND4J.
     *
     * @param tail the weights of {@link SavedModel#tail}, asked for by its nodes
     * @throws cnn.UserError of kind DATA if the file cannot be written; nothing is left behind then
     */
    public static void write(Path file, SavedModel model, Weights tail) {
        throw new UnsupportedOperationException("not there yet: " + file + model + tail);
    }

    /**
     * Opens a model and checks the digests of all that is in it.
     *
     * @throws cnn.UserError of kind WEIGHTS if it is missing, torn, damaged or no saved model
     */
    public static SavedModelFile open(Path file) {
        throw new UnsupportedOperationException("not there yet: " + file);
    }

    public SavedModel model() {
        throw new UnsupportedOperationException();
    }

    /** The weights above the cut, by the nodes of {@link SavedModel#tail} or of the whole network; valid until closed. */
    public Weights tailWeights() {
        throw new UnsupportedOperationException();
    }

    /** The sha256 of the tail's weights in Keras's order and layout: their identity. */
    public String tailSha256() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
