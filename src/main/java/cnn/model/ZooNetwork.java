package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.keras.NetworkLayout;
import cnn.model.ModelRequest.InputSize;
import cnn.model.Provenance.WeightFile;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Options;
import cnn.zoo.Preprocessing;
import cnn.zoo.ZooModel;
import java.util.List;
import java.util.Optional;

/** As much of a network of the zoo as is wanted, and how its weights lie in a file. */
record ZooNetwork(ZooModel model, ModelRequest request, Part part) {
    private static final int RGB = 3;

    /**
     * A network and its weights.
     *
     * @param outputs the layers that it is wanted for
     * @param name as rows of results name it
     */
    record Matched(String name, Network network, List<String> outputs, KerasWeights weights) {}

    /**
     * Whether a layer is wanted that turns features into classes.
     *
     * @throws UserError if no form of the network has such a layer
     */
    boolean needsTop() {
        if (part.whole()) {
            return true;
        }
        boolean inBase = model.forms().stream().anyMatch(form -> hasAll(form.build(withoutTop())));
        if (!inBase && model.forms().stream().noneMatch(form -> hasAll(form.build(withTop())))) {
            Network whole = model.network(withTop());
            part.layers().forEach(whole::node);
        }
        return !inBase;
    }

    /**
     * The smallest network of the zoo that has all layers wanted.
     *
     * @param layersWithWeights as a file names them, which tells the form
     */
    Network network(List<String> layersWithWeights) {
        return model.network(needsTop() ? withTop() : withoutTop(), layersWithWeights);
    }

    /** The layers wanted; the end of the network if none was named. */
    List<String> outputs(Network network) {
        return part.layers().isEmpty() ? List.of(network.output().name()) : part.layers();
    }

    /**
     * The published file with the weights: without top where that is enough, unless only that with top is here.
     *
     * @param preferWhole to take that with top where both are here, since ranges for int8 belong to it
     * @throws UserError of kind WEIGHTS if none is published, or it is not to be had
     */
    VerifiedFile published(WeightStore store, boolean preferWhole) {
        boolean withTop = needsTop()
                || (store.find(model.weights()).isPresent()
                        && (store.find(model.weightsWithoutTop()).isEmpty() || (preferWhole && wholeHoldsBase())));
        return store.require(
                withTop ? model.weights() : model.weightsWithoutTop(), part.whole() ? BundledModel.ids() : List.of());
    }

    /**
     * With the weights that were trained on images of the size asked for, where the name leaves open which, see {@link
     * ZooModel#trainedAt}: what is computed is then what Keras computes. Where they are not here and those of the usual size
     * are, these are taken; either is told.
     */
    ZooNetwork withWeightsOfSize(WeightStore store) {
        Optional<ZooModel> trained = request.inputSize()
                .filter(size -> size.height() == size.width())
                .flatMap(size -> model.trainedAt(size.height()));
        if (trained.isEmpty()) {
            return this;
        }
        ZooNetwork ofSize = new ZooNetwork(trained.get(), request, part);
        String usual = "%s@%d".formatted(model.name(), model.inputSize());
        if (!ofSize.isHere(store) && isHere(store)) {
            store.note(
                    "%s at %2$dx%2$d with weights trained at %3$dx%3$d, which are here; cnn models pull %4$s brings those trained at %2$dx%2$d"
                            .formatted(model.name(), ofSize.model.inputSize(), model.inputSize(), ofSize.model.name()));
            return this;
        }
        store.note("%s with weights trained at that size; -m %s takes those trained at %3$dx%3$d"
                .formatted(ofSize.model.name(), usual, model.inputSize()));
        return ofSize;
    }

    /** ConvNeXt without top ends in a layer that the network with top does not have. */
    private boolean wholeHoldsBase() {
        Network whole = model.network(withTop());
        return model.network(withoutTop()).nodes().stream()
                .filter(node -> !node.weights().isEmpty())
                .allMatch(node -> whole.has(node.name()));
    }

    private boolean isHere(WeightStore store) {
        return store.find(model.weights()).isPresent()
                || (!needsTop() && store.find(model.weightsWithoutTop()).isPresent());
    }

    /** What the file describes if it holds a whole model that somebody saved, for the size of input asked for. */
    Optional<NetworkLayout> savedIn(KerasFile file) {
        return file.layout(
                request.inputSize().map(size -> Shape.of(size.height(), size.width(), RGB)),
                request.keras().outputLayer());
    }

    /** How pixels are scaled for it. */
    Preprocessing preprocessing() {
        return request.keras().scale().orElse(model.preprocessing());
    }

    /**
     * Matches a file's weights, with top or without, with the network that is needed.
     *
     * @throws UserError if they do not fit
     */
    Matched match(KerasFile file) {
        Optional<NetworkLayout> saved = savedIn(file);
        if (saved.isPresent()) {
            Network network = saved.get().network();
            SameNetwork.check(model, network, file.path());
            return new Matched(model.name(), network, outputsOf(network), KerasWeights.match(file, saved.get()));
        }
        List<String> inFile = file.layersWithWeights();
        Network needed = network(inFile);
        // A layer has the same name with and without top, and that is by which its weights are asked for.
        Network stored = part.whole() ? needed : storedIn(file, inFile, needed);
        checkHolds(file, stored, needed);
        KerasWeights weights = KerasWeights.match(file, NetworkLayout.of(stored, model.sequential()));
        return new Matched(model.name(), needed, outputs(needed), weights);
    }

    /** ConvNeXt without top ends in a layer that the network with top does not have. */
    private void checkHolds(KerasFile file, Network stored, Network needed) {
        needed.nodes().stream()
                .filter(node -> !node.weights().isEmpty() && !stored.has(node.name()))
                .findFirst()
                .ifPresent(node -> {
                    throw UserError.weights(
                            "%s has the weights of %s with its classification layers, which lack layer %s; "
                                            .formatted(file.path(), model.name(), node.name())
                                    + "give a file without these, such as "
                                    + model.weightsWithoutTop().fileName());
                });
    }

    private Network storedIn(KerasFile file, List<String> inFile, Network needed) {
        Network withTop =
                model.network(needsTop() ? withTop() : model.withTop(model.inputSize(), model.inputSize()), inFile);
        boolean hasTop = inFile.size() == layersWithWeights(withTop);
        if (needsTop() && !hasTop) {
            throw UserError.weights(
                    "%s has %d layers of weights, %s with its classification layers has %d; layer %s needs them"
                            .formatted(
                                    file.path(),
                                    inFile.size(),
                                    model.name(),
                                    layersWithWeights(withTop),
                                    part.layers()));
        }
        return hasTop ? withTop : needed;
    }

    /** The layers wanted of a whole model that somebody saved. */
    private List<String> outputsOf(Network network) {
        if (part.whole()) {
            return List.of(network.output().name());
        }
        List<String> layers = part.layers().isEmpty() ? List.of(HeadPlace.belowLastDense(network)) : part.layers();
        layers.forEach(network::node);
        return layers;
    }

    private boolean hasAll(Network network) {
        List<String> names = network.nodes().stream().map(Node::name).toList();
        return names.containsAll(part.layers());
    }

    /** How many a file lists, where a Sequential is one. */
    private long layersWithWeights(Network network) {
        return network.nodes().stream()
                .filter(node -> !node.weights().isEmpty())
                .map(node -> model.sequential().apply(node.name()))
                .distinct()
                .count();
    }

    Options withTop() {
        return model.withTop(height(), width());
    }

    Options withoutTop() {
        return Options.withoutTop(height(), width(), Optional.empty());
    }

    private int height() {
        return request.inputSize().map(InputSize::height).orElse(model.inputSize());
    }

    private int width() {
        return request.inputSize().map(InputSize::width).orElse(model.inputSize());
    }

    /** Where the network comes from, opened from a file. */
    Provenance provenance(String name, Network network, VerifiedFile file) {
        String fileName = file.path().getFileName().toString();
        return new Provenance(
                name,
                preprocessing(),
                KerasModel.labels(request, network, List.of()),
                "weights " + file.sha256(),
                Optional.empty(),
                Optional.of(new WeightFile(model.name(), fileName, file.sha256())));
    }
}
