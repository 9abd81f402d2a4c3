package cnn.model;

import cnn.UserError;
import cnn.keras.KerasWeights;
import cnn.weights.PublishedTensors;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.ZooModel;

/** Looks at the numbers of a weight file that nobody has looked at. */
public final class FirstUse {

    private FirstUse() {}

    /**
     * Checks that all numbers are finite, and that they are the published ones where those are known. A file that turns out
     * bad does not count as known.
     *
     * @param published whether the file bears the name of the published one
     * @throws UserError if they are not
     */
    public static void check(
            WeightStore store, ZooModel model, VerifiedFile file, boolean published, KerasWeights weights) {
        check(store, file, () -> {
            weights.checkFinite();
            PublishedTensors.of(model.name())
                    .ifPresent(tensors -> tensors.check(file.path(), published, weights::tensor));
        });
    }

    /** Checks that all numbers are finite; see {@link #check}. */
    static void checkFinite(WeightStore store, VerifiedFile file, KerasWeights weights) {
        check(store, file, weights::checkFinite);
    }

    private static void check(WeightStore store, VerifiedFile file, Runnable looking) {
        try {
            looking.run();
        } catch (UserError e) {
            store.ledger().forget(file.path());
            throw e;
        }
    }
}
