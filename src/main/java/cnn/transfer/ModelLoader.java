package cnn.transfer;

import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.keras.ModelConfig;
import cnn.keras.NetworkLayout;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.transfer.ModelRequest.InputSize;
import cnn.zoo.Labels;
import cnn.zoo.Options;
import cnn.zoo.VerifiedFile;
import cnn.zoo.WeightStore;
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
        ZooModel model = Zoo.named(request.name());
        if (request.randomWeights()) {
            Network network = model.network(options(model, request, false));
            return loaded(model.name(), model, network, new RandomWeights(request.seed()), () -> {});
        }
        Optional<Path> named = request.weights();
        VerifiedFile verified =
                named.isPresent() ? store.ledger().verify(named.get(), List.of()) : store.require(model.weights());
        KerasFile file = KerasFile.open(verified.path());
        try {
            NetworkLayout layout = layout(model, options(model, request, false), request, file);
            KerasWeights weights = KerasWeights.match(file, layout);
            if (verified.firstUse()) {
                FirstUse.check(store, model, verified, named.isEmpty(), weights);
            }
            String name = file.modelConfig().isPresent() ? layout.network().name() : model.name();
            return loaded(name, model, layout.network(), weights, file::close);
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

    private LoadedModel loaded(
            String name, ZooModel model, Network network, Weights weights, LoadedModel.Source source) {
        ForwardPass pass =
                passes.open(network, weights, List.of(network.output().name()));
        return new LoadedModel(name, network, pass, model.preprocessing(), labels(network), source);
    }

    private static NetworkLayout layout(ZooModel model, Options options, ModelRequest request, KerasFile file) {
        Optional<String> config = file.modelConfig();
        return config.isPresent()
                ? ModelConfig.parse(
                        config.get(), request.inputSize().map(size -> Shape.of(size.height(), size.width(), RGB)))
                : NetworkLayout.of(model.network(options, file.layersWithWeights()));
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
