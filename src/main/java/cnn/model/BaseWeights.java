package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.keras.NetworkLayout;
import cnn.model.ModelRequest.InputSize;
import cnn.model.SavedModel.Base;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.weights.PublishedFile;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The weights below a saved model's cut: those of its base's published file. */
final class BaseWeights {
    private final WeightStore store;
    private final Path model;
    private final Base base;

    /**
     * @param model the saved model's file, as messages name it
     */
    BaseWeights(WeightStore store, Path model, Base base) {
        this.store = store;
        this.model = model;
        this.base = base;
    }

    /**
     * The file, which is the one that the model was trained on.
     *
     * @param given where it is, if not where the store looks
     * @throws UserError of kind WEIGHTS if it is missing or another
     */
    VerifiedFile file(Optional<Path> given) {
        String needed = "%s needs the weights %s with sha256 %s".formatted(model, base.weightsFile(), base.sha256());
        VerifiedFile found;
        try {
            found = given.isPresent() ? store.ledger().identify(given.get()) : published();
        } catch (UserError e) {
            throw UserError.weights(needed + ": " + e.getMessage(), e);
        }
        if (!found.sha256().equals(base.sha256())) {
            throw UserError.weights("%s; %s has sha256 %s: name the right file with --weights"
                    .formatted(needed, found.path(), found.sha256()));
        }
        return found;
    }

    /** The file of the base's name, downloaded if need be and possible. */
    private VerifiedFile published() {
        Optional<PublishedFile> published = Zoo.publishedWeights().values().stream()
                .flatMap(weights -> Stream.of(weights.whole(), weights.withoutTop()))
                .filter(file -> file.fileName().equals(base.weightsFile()))
                .findFirst();
        if (published.isPresent()) {
            return store.require(published.get());
        }
        return nearby().or(() -> store.find(new PublishedFile(base.weightsFile(), URI.create(""), List.of()))
                        .map(store.ledger()::identify))
                .orElseThrow(() ->
                        UserError.weights("it is not published; put it beside the model, or name it with --weights"));
    }

    /** The file where a user's own lies mostly: beside the saved model, or in the folder of the command. */
    private Optional<VerifiedFile> nearby() {
        return Stream.of(model.resolveSibling(base.weightsFile()), Path.of(base.weightsFile()))
                .filter(Files::isRegularFile)
                .map(store.ledger()::identify)
                .filter(file -> file.sha256().equals(base.sha256()))
                .findFirst();
    }

    /**
     * Matches the file with the network below the cut.
     *
     * @throws UserError of kind WEIGHTS if it does not hold the weights of all its layers
     */
    Weights match(SavedModel model, KerasFile file) {
        Shape input = model.network().input().outputShape();
        Optional<NetworkLayout> whole = file.layout(Optional.of(input), Optional.empty());
        KerasWeights weights = whole.isPresent() ? KerasWeights.match(file, whole.get()) : ofNetworkByName(input, file);
        Set<String> above = model.layersOfTail();
        for (Node node : model.network().nodes()) {
            for (WeightSpec weight : node.weights()) {
                if (!above.contains(node.name())
                        && weights.tensor(node.name(), weight.name())
                                .filter(values ->
                                        values.remaining() == weight.shape().elements())
                                .isEmpty()) {
                    throw UserError.weights("%s holds no %s of shape %s for layer %s of the model"
                            .formatted(file.path(), weight.name(), weight.shape(), node.name()));
                }
            }
        }
        return weights;
    }

    private KerasWeights ofNetworkByName(Shape input, KerasFile file) {
        if (!Zoo.isName(base.name())) {
            throw UserError.weights("a model on %s: this cnn knows no such network".formatted(base.name()));
        }
        ZooModel zoo = Zoo.named(base.name());
        ModelRequest request = new ModelRequest(
                zoo.name(), Optional.empty(), false, 0, Optional.of(new InputSize(input.height(), input.width())));
        return new ZooNetwork(zoo, request, Part.upTo(List.of(base.output())))
                .match(file)
                .weights();
    }
}
