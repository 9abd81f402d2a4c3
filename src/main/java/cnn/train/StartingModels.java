package cnn.train;

import cnn.UserError;
import cnn.data.Dataset;
import cnn.model.Head;
import cnn.model.HeadPlace;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.ModelRequest.InputSize;
import cnn.model.Models;
import cnn.model.Part;
import cnn.model.SavedModel;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.network.Weights;
import cnn.zoo.Options;
import cnn.zoo.Preprocessing;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes ready what training starts from. */
final class StartingModels {
    private final Models models;

    StartingModels(Models models) {
        this.models = models;
    }

    /**
     * What a request wants to start from, to tell the classes of the data apart.
     *
     * @throws cnn.UserError if there is no such network, its weights are missing, damaged or another network's, or the head
     *     does not fit; or it is a saved model to which other classes cannot be added
     */
    StartingModel open(TrainingRequest request, Dataset data) {
        if (request.from().isPresent()) {
            return saved(request, data.classes());
        }
        if (request.model().randomWeights()) {
            return request.linear().isPresent() ? onRandomFeatures(request, data) : fromScratch(request, data);
        }
        return withHead(
                request.model(),
                request.layer(),
                Head.parse(request.headSpec().orElseThrow(), data.classes().size()),
                data.classes());
    }

    /** A network, or a saved model, without its top or what lies above a layer, and with a new head. */
    private StartingModel withHead(ModelRequest request, Optional<String> layer, Head head, List<String> classes) {
        Model opened = models.open(
                request, layer.map(below -> Part.upTo(List.of(below))).orElse(Part.BASE));
        try {
            Network base = opened.network().upTo(layer.orElseGet(() -> HeadPlace.of(head, opened)));
            List<String> baseLayers = names(base);
            Weights weights = below(baseLayers, opened.weights(), new RandomWeights(request.seed()));
            return new StartingModel(
                    opened.as(head.on(base), weights),
                    opened.saved().isPresent()
                            ? opened.saved().get().base().map(old -> old.below(base))
                            : opened.provenance()
                                    .file()
                                    .map(file -> file.base(base.output().name())),
                    baseLayers,
                    true,
                    opened.saved()
                            .map(before -> new ClassChange(before.classes(), classes))
                            .filter(change -> !change.isNone()));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** A network with random weights, all of which are to be trained. */
    private StartingModel fromScratch(TrainingRequest request, Dataset data) {
        ZooModel model = network(request.model());
        InputSize size = request.model().inputSize().orElseGet(() -> ownSize(model, request, data));
        int classes = data.classes().size();
        Optional<String> head = request.headSpec();
        long seed = request.seed();
        Network network = head.isPresent()
                ? Head.parse(head.get(), classes)
                        .on(upTo(
                                request.layer(),
                                model.network(Options.withoutTop(size.height(), size.width(), Optional.empty()))))
                : model.network(Options.withTop(size.height(), size.width(), classes));
        return random(network, List.of(), seed, model);
    }

    /** A network whose weights are random and stay so, with a linear head in place of its last dense layer. */
    private StartingModel onRandomFeatures(TrainingRequest request, Dataset data) {
        ZooModel model = network(request.model());
        InputSize size = request.model().inputSize().orElseGet(() -> ownSize(model, request, data));
        int classes = data.classes().size();
        Network whole = model.network(Options.withTop(size.height(), size.width(), classes));
        Network base = whole.upTo(request.layer().orElseGet(() -> HeadPlace.belowLastDense(whole)));
        return random(Head.parse(Head.LINEAR, classes).on(base), names(base), request.seed(), model);
    }

    /** Pixels go from 0 to 1, or from 0 to 255 into a network that scales them itself. */
    private StartingModel random(Network network, List<String> baseLayers, long seed, ZooModel model) {
        Preprocessing pixels = model.preprocessing() == Preprocessing.RAW ? Preprocessing.RAW : Preprocessing.UNIT;
        return new StartingModel(models.untrained(network, seed, pixels), Optional.empty(), baseLayers, true);
    }

    /** A network that was made for small images takes them as they are, if they all have one size. */
    private static InputSize ownSize(ZooModel model, TrainingRequest request, Dataset data) {
        return (model.published().isEmpty()
                        ? SmallImages.size(data, request.images().decoder())
                        : Optional.<InputSize>empty())
                .orElse(new InputSize(model.inputSize(), model.inputSize()));
    }

    /** A saved model, to be trained further, with an output for each class. */
    private StartingModel saved(TrainingRequest request, List<String> classes) {
        Model opened = models.open(request.from().orElseThrow(), request.model().weights());
        try {
            SavedModel model = opened.saved().orElseThrow();
            ClassChange change = new ClassChange(model.classes(), classes);
            Model trained = change.isNone() ? opened : ChangedOutput.of(opened, change);
            return new StartingModel(
                    trained,
                    model.base(),
                    baseLayers(model, request),
                    false,
                    Optional.of(change).filter(found -> !found.isNone()));
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /** One from scratch has a base only where its head alone is to learn. */
    private static List<String> baseLayers(SavedModel model, TrainingRequest request) {
        return model.base().isPresent() || request.fineTuning().isEmpty()
                ? names(model.network().upTo(model.lastBelowHead()))
                : List.of();
    }

    private static ZooModel network(ModelRequest request) {
        request.savedModel().ifPresent(file -> {
            throw UserError.usage("--weights none: %s has been trained; leave it out".formatted(file));
        });
        return Zoo.named(request.name());
    }

    private static Network upTo(Optional<String> layer, Network network) {
        return layer.map(network::upTo).orElse(network);
    }

    private static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }

    private static Weights below(List<String> layers, Weights base, Weights head) {
        Set<String> inBase = Set.copyOf(layers);
        return (node, weight) -> (inBase.contains(node.name()) ? base : head).values(node, weight);
    }
}
