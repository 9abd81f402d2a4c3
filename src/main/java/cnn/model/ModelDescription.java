package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.model.ModelRequest.InputSize;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.util.Optional;
import java.util.OptionalInt;

/** What a network is, without the values of its weights. */
public final class ModelDescription {

    private ModelDescription() {}

    /**
     * The network that is asked for.
     *
     * @param withoutTop leave out the layers that turn features into classes
     * @param classes with top: in place of those that the network was made for
     * @throws UserError if there is no such network, or it cannot be so
     */
    public static Network network(ModelRequest request, boolean withoutTop, OptionalInt classes) {
        if (request.savedModel().isPresent()) {
            if (classes.isPresent() && !withoutTop) {
                throw UserError.usage("--classes: %s has classes of its own; with --head it gets a new head"
                        .formatted(request.name()));
            }
            SavedModel model = ofFile(request).model();
            return withoutTop ? model.network().upTo(model.lastBelowHead()) : model.network();
        }
        ZooNetwork wanted = new ZooNetwork(Zoo.named(request.name()), request, withoutTop ? Part.BASE : Part.WHOLE);
        if (request.weights().isPresent()) {
            try (KerasFile file = KerasFile.open(request.weights().get())) {
                Optional<Network> saved = wanted.savedIn(file).map(layout -> layout.network());
                saved.ifPresent(network -> SameNetwork.check(wanted.model(), network, file.path()));
                return saved.orElseGet(() -> wanted.network(file.layersWithWeights()));
            }
        }
        Options options = withoutTop ? wanted.withoutTop() : wanted.withTop();
        return wanted.model()
                .network(
                        withoutTop || classes.isEmpty()
                                ? options
                                : Options.withTop(options.height(), options.width(), classes.getAsInt()));
    }

    /** The saved model that is asked for, with its network for the size of input that is asked for. */
    public static SavedModelFile.Description ofFile(ModelRequest request) {
        try (SavedModelFile file = SavedModelFile.open(request.savedModel().orElseThrow())) {
            SavedModel model = file.model();
            return new SavedModelFile.Description(
                    model.withNetwork(resized(model, request)), file.kerasOrderOnly(), file.novelty());
        }
    }

    /**
     * A saved model's network, for the size of input that is asked for.
     *
     * @throws UserError of kind USAGE if its weights belong to another size
     */
    static Network resized(SavedModel model, ModelRequest request) {
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
}
