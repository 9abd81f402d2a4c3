package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.model.ModelRequest.InputSize;
import cnn.model.SavedModel.Base;
import cnn.network.Network;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A saved model with the weights of all its layers: the tail's from its file, the base's from the published one.
 *
 * @param weights of every node of the model's network; valid until this is closed
 * @param identity of all weights: equal text, equal numbers
 * @param files what is to be closed with this
 */
public record WholeModel(SavedModel model, Weights weights, String identity, LoadedModel.Source files)
        implements AutoCloseable {

    /**
     * Opens a saved model.
     *
     * @param baseWeights the base's weights where they are not where the store looks
     * @throws UserError of kind WEIGHTS if the model is damaged, or the base's weights are missing or not those that it was
     *     trained on
     */
    public static WholeModel open(WeightStore store, Path file, Optional<Path> baseWeights) {
        SavedModelFile saved = SavedModelFile.open(file);
        try {
            SavedModel model = saved.model();
            String identity = "tail " + saved.tailSha256();
            if (model.base().isEmpty()) {
                baseWeights.ifPresent(given -> {
                    throw UserError.usage(
                            "--weights %s: all weights of %s are its own; leave it out".formatted(given, file));
                });
                return new WholeModel(model, saved.tailWeights(), identity, saved::close);
            }
            Base base = model.base().get();
            VerifiedFile baseFile = verified(store, base, file, baseWeights);
            KerasFile keras = KerasFile.open(baseFile.path());
            try {
                Weights below = below(model, keras);
                Set<String> tail = names(model.tail());
                return new WholeModel(
                        model,
                        (node, weight) ->
                                (tail.contains(node.name()) ? saved.tailWeights() : below).values(node, weight),
                        "weights " + baseFile.sha256() + ", " + identity,
                        () -> {
                            keras.close();
                            saved.close();
                        });
            } catch (RuntimeException | Error e) {
                keras.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            saved.close();
            throw e;
        }
    }

    /** Opens the saved model that {@code request} names. */
    public static WholeModel open(WeightStore store, ModelRequest request) {
        Path file = request.savedModel().orElseThrow();
        if (request.randomWeights()) {
            throw UserError.usage("--weights none: " + file + " has been trained; leave it out");
        }
        return open(store, file, request.weights());
    }

    /** What a model file describes; its base is not looked for. */
    public static SavedModel describe(Path file) {
        try (SavedModelFile saved = SavedModelFile.open(file)) {
            return saved.model();
        }
    }

    /**
     * The model's network, for the size of input that is asked for.
     *
     * @throws UserError of kind USAGE if its weights belong to another size
     */
    public static Network network(SavedModel model, ModelRequest request) {
        Network network = model.network();
        if (request.inputSize().isEmpty()) {
            return network;
        }
        InputSize size = request.inputSize().get();
        int channels = network.input().outputShape().channels();
        Network other = network.withInput(Shape.of(size.height(), size.width(), channels));
        for (Node node : other.nodes()) {
            if (!node.weights().equals(network.node(node.name()).weights())) {
                throw UserError.usage("--input-size %dx%d: layer %s of %s was trained for images of %dx%d"
                        .formatted(
                                size.height(),
                                size.width(),
                                node.name(),
                                request.name(),
                                network.input().outputShape().height(),
                                network.input().outputShape().width()));
            }
        }
        return other;
    }

    @Override
    public void close() {
        files.close();
    }

    private static VerifiedFile verified(WeightStore store, Base base, Path model, Optional<Path> given) {
        String needed = "%s needs the weights %s with sha256 %s".formatted(model, base.weightsFile(), base.sha256());
        VerifiedFile found;
        try {
            found = given.isPresent() ? store.ledger().verify(given.get(), List.of()) : published(store, base);
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
    private static VerifiedFile published(WeightStore store, Base base) {
        Optional<PublishedFile> published = Zoo.models().stream()
                .flatMap(model -> model.published().stream())
                .flatMap(weights -> Stream.of(weights.whole(), weights.withoutTop()))
                .filter(file -> file.fileName().equals(base.weightsFile()))
                .findFirst();
        if (published.isPresent()) {
            return store.require(published.get());
        }
        Path found = store.find(new PublishedFile(base.weightsFile(), URI.create(""), List.of()))
                .orElseThrow(() -> UserError.weights("it is not published; name it with --weights"));
        return store.ledger().verify(found, List.of());
    }

    /** The weights below the cut. */
    private static Weights below(SavedModel model, KerasFile file) {
        Base base = model.base().orElseThrow();
        Shape input = model.network().input().outputShape();
        if (!Zoo.isName(base.name())) {
            throw UserError.weights("a model on %s: this cnn knows no such network".formatted(base.name()));
        }
        ZooModel zoo = Zoo.named(base.name());
        ModelRequest request = new ModelRequest(
                zoo.name(), Optional.empty(), false, 0, Optional.of(new InputSize(input.height(), input.width())));
        KerasWeights weights = new FeaturePlan(
                        zoo, request, new FeatureRequest(List.of(base.output()), Optional.empty()))
                .match(file)
                .weights();
        Set<String> above = names(model.tail());
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

    private static Set<String> names(Network tail) {
        return tail.nodes().stream().skip(1).map(Node::name).collect(Collectors.toSet());
    }
}
