package cnn.features;

import cnn.UserError;
import cnn.keras.KerasFile;
import cnn.model.FeaturePlan;
import cnn.model.FeatureRequest;
import cnn.model.FirstUse;
import cnn.model.ForwardPasses;
import cnn.model.ModelRequest;
import cnn.model.SavedModel;
import cnn.model.WholeModel;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.weights.PublishedFile;
import cnn.weights.VerifiedFile;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** From what the user asked for to a network that gives features. */
public final class FeatureLoader {

    private final WeightStore store;
    private final ForwardPasses passes;

    /**
     * @param store where weights are looked for
     * @param passes makes a network with its weights ready to compute its layers
     */
    public FeatureLoader(WeightStore store, ForwardPasses passes) {
        this.store = store;
        this.passes = passes;
    }

    /**
     * Finds the network and verifies its weights; they are read when the first image needs them.
     *
     * @throws UserError if there is no such network or layer, or its weights are missing, damaged or another network's
     */
    public FeatureNetwork load(ModelRequest request, FeatureRequest wanted) {
        if (request.savedModel().isPresent()) {
            return savedModel(request, wanted);
        }
        FeaturePlan plan = new FeaturePlan(Zoo.named(request.name()), request, wanted);
        if (request.randomWeights()) {
            Network network = plan.network(List.of());
            List<String> layers = plan.layers(network);
            String identity = "random weights 1 of seed " + request.seed();
            return features(
                    plan,
                    network,
                    layers,
                    identity,
                    () -> passes.open(network, new RandomWeights(request.seed()), layers));
        }
        Optional<Path> named = request.weights();
        VerifiedFile file = named.isPresent() ? store.ledger().verify(named.get(), List.of()) : published(plan);
        String identity = "weights " + file.sha256();
        boolean oneForm = named.isEmpty() && plan.model().forms().size() == 1;
        if (oneForm && !file.firstUse()) {
            Network network = plan.network(List.of());
            return features(plan, network, plan.layers(network), identity, () -> open(plan, file));
        }
        try (KerasFile keras = KerasFile.open(file.path())) {
            FeaturePlan.Matched matched = plan.match(keras);
            if (file.firstUse()) {
                FirstUse.check(store, plan.model(), file, named.isEmpty(), matched.weights());
            }
            return features(plan, matched.network(), matched.layers(), identity, () -> open(plan, file));
        }
    }

    private FeatureNetwork features(
            FeaturePlan plan, Network network, List<String> layers, String identity, Supplier<ForwardPass> loading) {
        FeatureLayout layout = new FeatureLayout(
                layers.stream().map(network::node).toList(), plan.wanted().pooling());
        return new FeatureNetwork(
                network, layout, plan.model().preprocessing(), identity + ", " + passes.recipe(), loading);
    }

    private FeatureNetwork savedModel(ModelRequest request, FeatureRequest wanted) {
        WholeModel whole = WholeModel.open(store, request);
        try {
            SavedModel model = whole.model();
            Network network = WholeModel.network(model, request);
            List<String> layers = wanted.layers().isEmpty() ? List.of(model.lastBelowHead()) : wanted.layers();
            FeatureLayout layout = new FeatureLayout(nodes(network, layers, request.name()), wanted.pooling());
            return new FeatureNetwork(
                    network,
                    layout,
                    model.preprocessing(),
                    whole.identity() + ", " + passes.recipe(),
                    Optional.of(model),
                    () -> passes.open(network, whole.weights(), layers),
                    whole::close);
        } catch (RuntimeException | Error e) {
            whole.close();
            throw e;
        }
    }

    private static List<Node> nodes(Network network, List<String> layers, String file) {
        List<String> known = network.nodes().stream().map(Node::name).toList();
        layers.stream().filter(layer -> !known.contains(layer)).findFirst().ifPresent(layer -> {
            throw UserError.usage("%s has no layer '%s'; see `cnn summary -m %s`".formatted(file, layer, file));
        });
        return layers.stream().map(network::node).toList();
    }

    private ForwardPass open(FeaturePlan plan, VerifiedFile file) {
        KerasFile keras = KerasFile.open(file.path());
        try {
            FeaturePlan.Matched matched = plan.match(keras);
            return new FromFile(passes.open(matched.network(), matched.weights(), matched.layers()), keras);
        } catch (RuntimeException | Error e) {
            keras.close();
            throw e;
        }
    }

    /** The published weights: without top where that is enough, unless only those with top are here. */
    public VerifiedFile published(FeaturePlan plan) {
        ZooModel model = plan.model();
        PublishedFile withoutTop = model.weightsWithoutTop();
        boolean withTop = plan.needsTop()
                || (store.find(withoutTop).isEmpty()
                        && store.find(model.weights()).isPresent());
        return store.require(withTop ? model.weights() : withoutTop);
    }

    /** A pass that may read weights from a file at any time, and is done with it when it is closed. */
    private record FromFile(ForwardPass pass, KerasFile file) implements ForwardPass {

        @Override
        public List<Node> outputs() {
            return pass.outputs();
        }

        @Override
        public List<float[]> run(FloatBuffer nhwc, int images) {
            return pass.run(nhwc, images);
        }

        @Override
        public void close() {
            pass.close();
            file.close();
        }
    }
}
