package cnn.train;

import cnn.UserError;
import cnn.data.Dataset;
import cnn.features.FeatureLoader;
import cnn.keras.KerasFile;
import cnn.model.FeaturePlan;
import cnn.model.FeatureRequest;
import cnn.model.FirstUse;
import cnn.model.ForwardPasses;
import cnn.model.Head;
import cnn.model.ModelRequest;
import cnn.model.ModelRequest.InputSize;
import cnn.model.SavedModel;
import cnn.model.WholeModel;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.network.Weights;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Options;
import cnn.zoo.Preprocessing;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes ready what training starts from. */
final class StartingModels {
    private final WeightStore store;
    private final ForwardPasses passes;

    /**
     * @param store where weights are looked for
     * @param passes the arithmetic of what is not trained
     */
    StartingModels(WeightStore store, ForwardPasses passes) {
        this.store = store;
        this.passes = passes;
    }

    /**
     * What a request wants to start from, to tell the classes of the data apart.
     *
     * @throws cnn.UserError if there is no such network, its weights are missing, damaged or another network's, or the head
     *     does not fit; or it is a saved model that knows other classes
     */
    StartingModel open(TrainingRequest request, Dataset data) {
        if (request.from().isPresent()) {
            return saved(request.from().get(), request.model().weights(), data.classes());
        }
        return request.fromScratch()
                ? fromScratch(request, data)
                : withHead(
                        request.model(),
                        request.head().orElse(TrainingRequest.DEFAULT_HEAD),
                        data.classes().size());
    }

    /** A network without its top and with a new head. */
    private StartingModel withHead(ModelRequest request, String head, int classes) {
        FeaturePlan plan = new FeaturePlan(network(request), request, new FeatureRequest(List.of(), Optional.empty()));
        Head layers = Head.parse(head, classes);
        Optional<Path> named = request.weights();
        VerifiedFile file = named.isPresent()
                ? store.ledger().verify(named.get(), List.of())
                : new FeatureLoader(store, passes).published(plan);
        KerasFile keras = KerasFile.open(file.path());
        try {
            FeaturePlan.Matched matched = plan.match(keras);
            if (file.firstUse()) {
                FirstUse.check(store, plan.model(), file, named.isEmpty(), matched.weights());
            }
            Network base = matched.network().upTo(matched.base());
            List<String> baseLayers = names(base);
            return new StartingModel(
                    layers.on(base),
                    Optional.of(new SavedModel.Base(
                            plan.model().name(),
                            base.output().name(),
                            file.path().getFileName().toString(),
                            file.sha256())),
                    baseLayers,
                    Optional.empty(),
                    below(baseLayers, matched.weights(), new RandomWeights(request.seed())),
                    "weights " + file.sha256(),
                    plan.model().preprocessing(),
                    keras::close);
        } catch (RuntimeException | Error e) {
            keras.close();
            throw e;
        }
    }

    /** A network with random weights, all of which are to be trained on pixels from 0 to 1. */
    private static StartingModel fromScratch(TrainingRequest request, Dataset data) {
        ZooModel model = network(request.model());
        InputSize size = request.model().inputSize().orElseGet(() -> ownSize(model, request, data));
        int classes = data.classes().size();
        Optional<String> head = request.head();
        long seed = request.seed();
        Network network = head.isPresent()
                ? Head.parse(head.get(), classes)
                        .on(model.network(Options.withoutTop(size.height(), size.width(), Optional.empty())))
                : model.network(Options.withTop(size.height(), size.width(), classes));
        return new StartingModel(
                network,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                new RandomWeights(seed),
                "random weights 1 of seed " + seed,
                Preprocessing.UNIT,
                () -> {});
    }

    /** A network that was made for small images takes them as they are, if they all have one size. */
    private static InputSize ownSize(ZooModel model, TrainingRequest request, Dataset data) {
        return (model.published().isEmpty()
                        ? SmallImages.size(data, request.images().decoder())
                        : Optional.<InputSize>empty())
                .orElse(new InputSize(model.inputSize(), model.inputSize()));
    }

    /**
     * A saved model, to be trained further.
     *
     * @param baseWeights where its base's weights are not where the store looks
     */
    private StartingModel saved(Path file, Optional<Path> baseWeights, List<String> classes) {
        WholeModel whole = WholeModel.open(store, file, baseWeights);
        SavedModel model = whole.model();
        if (!model.classes().equals(classes)) {
            whole.close();
            throw UserError.data("%s tells %s apart, the data have the classes %s; train a new head: cnn train"
                    .formatted(file, String.join(", ", model.classes()), String.join(", ", classes)));
        }
        return new StartingModel(
                model.network(),
                model.base(),
                model.base()
                        .map(base -> names(model.network().upTo(base.output())))
                        .orElse(List.of()),
                Optional.of(model),
                whole.weights(),
                whole.identity(),
                model.preprocessing(),
                whole::close);
    }

    private static ZooModel network(ModelRequest request) {
        request.savedModel().ifPresent(file -> {
            throw UserError.usage(
                    "-m %s: a new head needs a network by name; to train that model further: cnn finetune --from %s"
                            .formatted(file, file));
        });
        return Zoo.named(request.name());
    }

    private static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }

    private static Weights below(List<String> layers, Weights base, Weights head) {
        Set<String> inBase = Set.copyOf(layers);
        return (node, weight) -> (inBase.contains(node.name()) ? base : head).values(node, weight);
    }
}
