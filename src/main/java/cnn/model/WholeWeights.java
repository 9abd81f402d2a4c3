package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.network.Weights;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of all layers of a saved model: the tail's from its file, the base's from the published one.
 *
 * @param source closes the model's file too
 * @param identity equal text, equal numbers
 */
record WholeWeights(WeightSource source, String identity) {

    /**
     * @param path of the model, as messages name it
     * @param baseWeights the base's weights where they are not where the store looks
     * @throws UserError of kind WEIGHTS if the base's weights are missing or not those that the model was trained on
     */
    static WholeWeights of(WeightStore store, SavedModelFile file, Path path, Optional<Path> baseWeights) {
        SavedModel model = file.model();
        if (model.base().isEmpty()) {
            baseWeights.ifPresent(given -> {
                throw UserError.usage(
                        "--weights %s: all weights of %s are its own; leave it out".formatted(given, path));
            });
            return new WholeWeights(WeightSource.of(file.tailWeights(), file::close), file.identity());
        }
        BaseWeights base = new BaseWeights(store, path, model.base().get());
        VerifiedFile baseFile = base.file(baseWeights);
        KerasFile keras = KerasFile.open(baseFile.path());
        return WeightSource.closingOnFailure(keras::close, () -> {
            Weights below = base.match(model, keras);
            Set<String> above = model.layersOfTail();
            WeightSource source = WeightSource.of(
                    (node, weight) -> (above.contains(node.name()) ? file.tailWeights() : below).values(node, weight),
                    () -> {
                        keras.close();
                        file.close();
                    });
            return new WholeWeights(source, file.identity());
        });
    }
}
