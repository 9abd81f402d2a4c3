package cnn.keras;

import cnn.UserError;
import cnn.keras.KerasWeights.Slot;
import java.nio.file.Path;

/** What is said of a file that does not hold the weights of a network. */
record Mismatch(Path path, NetworkLayout layout) {

    UserError error(String what) {
        return UserError.weights("%s does not hold the weights of %s: %s"
                .formatted(path, layout.network().name(), what));
    }

    /** @param layer in words */
    UserError error(String layer, StoredWeight stored, Slot wanted) {
        return error("%s: the file has %s %s where the network has %s %s"
                .formatted(
                        layer,
                        stored.name(),
                        stored.shape(),
                        wanted.spec().name(),
                        wanted.spec().shape()));
    }

    UserError missing(String layer, Slot slot) {
        return error("%s: dataset for %s %s is missing"
                .formatted(layer, slot.spec().name(), slot.spec().shape()));
    }

    UserError surplus(String layer, StoredWeight stored) {
        return error("%s: dataset %s %s has no place in the network".formatted(layer, stored.name(), stored.shape()));
    }

    /** A layer in words. */
    static String layer(String inFile, String inNetwork) {
        return inFile.equals(inNetwork) ? "layer " + inFile : "layer %s (in the file %s)".formatted(inNetwork, inFile);
    }
}
