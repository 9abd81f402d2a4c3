package cnn.advise;

import cnn.UserError;
import cnn.model.Head;
import cnn.model.HeadPlace;
import cnn.model.Model;
import cnn.model.ModelRequest;
import cnn.model.Models;
import cnn.model.Part;
import cnn.network.Network;
import cnn.network.Node;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be computed of a network.
 *
 * @param cuts the layers that a head is tried on, the deepest first
 * @param top the layer that gives the probabilities of the classes that it knows, if its weights are here
 * @param multiplyAdds for one image, by cut
 */
record NetworkPlan(ModelRequest request, List<Node> cuts, Optional<Node> top, List<Long> multiplyAdds) {

    /** @throws UserError if there is no such network, or its weights are missing or damaged */
    static NetworkPlan of(ModelRequest request, Models models, WeightStore store) {
        Network base;
        try (Model opened = models.open(request, Part.BASE)) {
            base = opened.network().upTo(HeadPlace.of(Head.parse(Head.LINEAR, 2), opened));
        }
        List<Node> cuts = new Cuts(base).layers();
        return new NetworkPlan(
                request,
                cuts,
                top(request, models, store, cuts),
                cuts.stream().map(cut -> base.upTo(cut.name()).multiplyAdds()).toList());
    }

    /** The layers whose values are wanted: the cuts, then the top. */
    List<String> layers() {
        List<String> layers = new ArrayList<>(cuts.stream().map(Node::name).toList());
        top.map(Node::name).ifPresent(layers::add);
        return layers;
    }

    /** How many features all cuts have together. */
    int features() {
        return cuts.stream().mapToInt(cut -> cut.outputShape().channels()).sum();
    }

    private static Optional<Node> top(ModelRequest request, Models models, WeightStore store, List<Node> cuts) {
        boolean byName =
                request.savedModel().isEmpty() && request.keras().file().isEmpty();
        if (byName && store.find(Zoo.named(request.name()).weights()).isEmpty()) {
            return Optional.empty();
        }
        try (Model whole = models.open(request, Part.WHOLE)) {
            Network network = whole.network();
            boolean holdsCuts = cuts.stream().allMatch(cut -> network.has(cut.name()));
            return Optional.of(network.output())
                    .filter(top -> holdsCuts
                            && top.outputShape().elements() == top.outputShape().channels());
        }
    }
}
