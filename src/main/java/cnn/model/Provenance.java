package cnn.model;

import cnn.image.Reading;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.util.Optional;

/**
 * Where a model comes from, and what its weights demand.
 *
 * @param name as rows of results name it
 * @param preprocessing how the weights want images scaled
 * @param labels the classes of the whole network's output
 * @param identity of the weights: equal text, equal numbers
 * @param saved how it was trained, if it is a saved model
 * @param file the file that a model on top of this one would name; empty where the weights are in no file of a network
 *     that is known by name
 * @param reading how the pictures were read that it was trained with, if that is known
 */
public record Provenance(
        String name,
        Preprocessing preprocessing,
        Labels labels,
        String identity,
        Optional<SavedModel> saved,
        Optional<WeightFile> file,
        Optional<Reading> reading) {

    /** Of weights that say nothing of how pictures are read but what a saved model says. */
    Provenance(
            String name,
            Preprocessing preprocessing,
            Labels labels,
            String identity,
            Optional<SavedModel> saved,
            Optional<WeightFile> file) {
        this(name, preprocessing, labels, identity, saved, file, saved.map(SavedModel::reading));
    }

    Provenance withLabels(Labels others) {
        return new Provenance(name, preprocessing, others, identity, saved, file, reading);
    }

    /**
     * A weight file of a network of the zoo.
     *
     * @param network its name in the zoo
     * @param sha256 of the file, 64 hex digits
     */
    public record WeightFile(String network, String fileName, String sha256) {

        /** The base of a model whose head is put on the layer {@code output}. */
        public SavedModel.Base base(String output) {
            return new SavedModel.Base(network, output, fileName, sha256);
        }
    }
}
