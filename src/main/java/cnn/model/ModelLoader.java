package cnn.model;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.keras.NetworkLayout;
import cnn.model.ModelRequest.InputSize;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Labels;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** From what the user asked for to a network that is ready. */
public final class ModelLoader {
    private static final int RGB = 3;

    private final WeightStore store;
    private final ForwardPasses passes;

    /**
     * @param store where weights are looked for
     * @param passes makes a network with its weights ready to compute
     */
    public ModelLoader(WeightStore store, ForwardPasses passes) {
        this.store = store;
        this.passes = passes;
    }

    /**
     * Loads a network that classifies.
     *
     * @throws cnn.UserError if there is no such network, or its weights are missing, damaged or another network's
     */
    public LoadedModel classifier(ModelRequest request) {
        WeightedNetwork model = open(store, request);
        try {
            Network network = model.network();
            checkClasses(model.name(), network.output().outputShape());
            ForwardPass pass = passes.open(
                    network, model.weights(), List.of(network.output().name()));
            return new LoadedModel(
                    model.name(),
                    network,
                    pass,
                    model.preprocessing(),
                    model.labels(),
                    model.identity() + ", " + passes.recipe(),
                    model.saved(),
                    model.source());
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static void checkClasses(String model, Shape output) {
        if (output.elements() != output.channels()) {
            throw UserError.weights(
                    "%s gives %s for an image, not a number for each class; for features: ".formatted(model, output)
                            + "cnn extract-features");
        }
    }

    /**
     * Finds a whole network and its weights, to do with them something else than to compute.
     *
     * @throws cnn.UserError if there is no such network, or its weights are missing, damaged or another network's
     */
    public static WeightedNetwork open(WeightStore store, ModelRequest request) {
        if (request.savedModel().isPresent()) {
            return savedModel(store, request);
        }
        ZooModel model = Zoo.named(request.name());
        if (request.randomWeights()) {
            Network network = model.network(options(model, request, false));
            String identity = "random weights 1 of seed " + request.seed();
            return weighted(model.name(), model, network, new RandomWeights(request.seed()), identity, () -> {});
        }
        Optional<Path> named = request.weights();
        VerifiedFile verified = named.isPresent()
                ? store.ledger().verify(named.get(), List.of())
                : store.require(model.weights(), BundledModel.ids());
        KerasFile file = KerasFile.open(verified.path());
        try {
            NetworkLayout layout = layout(model, options(model, request, false), request, file);
            KerasWeights weights = KerasWeights.match(file, layout);
            if (verified.firstUse()) {
                FirstUse.check(store, model, verified, named.isEmpty(), weights);
            }
            String name = file.modelConfig().isPresent() ? layout.network().name() : model.name();
            return weighted(name, model, layout.network(), weights, "weights " + verified.sha256(), file::close);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /**
     * The network that is asked for, without the values of its weights.
     *
     * @param withoutTop leave out the layers that turn features into classes
     */
    public static Network describe(ModelRequest request, boolean withoutTop) {
        return describe(request, withoutTop, OptionalInt.empty());
    }

    /**
     * The network that is asked for, for so many classes, without the values of its weights.
     *
     * @param classes with top: in place of those that the network was made for
     */
    public static Network describe(ModelRequest request, boolean withoutTop, OptionalInt classes) {
        if (request.savedModel().isPresent()) {
            if (classes.isPresent() && !withoutTop) {
                throw UserError.usage("--classes: %s has classes of its own; with --head it gets a new head"
                        .formatted(request.name()));
            }
            SavedModel model = describeSaved(request);
            return withoutTop ? model.network().upTo(model.lastBelowHead()) : model.network();
        }
        ZooModel model = Zoo.named(request.name());
        if (request.weights().isPresent()) {
            try (KerasFile file = KerasFile.open(request.weights().get())) {
                return layout(model, options(model, request, withoutTop), request, file)
                        .network();
            }
        }
        Options options = options(model, request, withoutTop);
        return model.network(
                withoutTop || classes.isEmpty()
                        ? options
                        : Options.withTop(options.height(), options.width(), classes.getAsInt()));
    }

    /** What the saved model that is asked for describes, for the size of input that is asked for. */
    public static SavedModel describeSaved(ModelRequest request) {
        SavedModel model = WholeModel.describe(request.savedModel().orElseThrow());
        return model.withNetwork(WholeModel.network(model, request));
    }

    /** A saved model as {@link #describeSaved} gives it, and whether Deeplearning4j can restore its file. */
    public static SavedModelFile.Description describeFile(ModelRequest request) {
        try (SavedModelFile file = SavedModelFile.open(request.savedModel().orElseThrow())) {
            SavedModel model = file.model();
            return new SavedModelFile.Description(
                    model.withNetwork(WholeModel.network(model, request)), file.kerasOrderOnly());
        }
    }

    private static WeightedNetwork savedModel(WeightStore store, ModelRequest request) {
        WholeModel whole = WholeModel.open(store, request);
        try {
            SavedModel model = whole.model();
            return new WeightedNetwork(
                    request.name(),
                    WholeModel.network(model, request),
                    whole.weights(),
                    model.preprocessing(),
                    model.labels(),
                    whole.identity(),
                    Optional.of(model),
                    whole::close);
        } catch (RuntimeException | Error e) {
            whole.close();
            throw e;
        }
    }

    private static WeightedNetwork weighted(
            String name, ZooModel model, Network network, Weights weights, String identity, LoadedModel.Source source) {
        return new WeightedNetwork(
                name, network, weights, model.preprocessing(), labels(network), identity, Optional.empty(), source);
    }

    private static NetworkLayout layout(ZooModel model, Options options, ModelRequest request, KerasFile file) {
        return file.layout(request.inputSize().map(size -> Shape.of(size.height(), size.width(), RGB)))
                .orElseGet(() -> NetworkLayout.of(model.network(options, file.layersWithWeights())));
    }

    private static Options options(ZooModel model, ModelRequest request, boolean withoutTop) {
        int height = request.inputSize().map(InputSize::height).orElse(model.inputSize());
        int width = request.inputSize().map(InputSize::width).orElse(model.inputSize());
        return withoutTop ? Options.withoutTop(height, width, Optional.empty()) : model.withTop(height, width);
    }

    private static Labels labels(Network network) {
        int classes = Math.max(2, network.output().outputShape().channels());
        return classes == Options.IMAGENET_CLASSES ? Labels.imageNet() : Labels.numbered(classes);
    }
}
