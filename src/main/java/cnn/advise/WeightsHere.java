package cnn.advise;

import cnn.model.BundledModel;
import cnn.model.ModelRequest;
import cnn.weights.PublishedWeights;
import cnn.weights.WeightStore;
import cnn.zoo.Zoo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The networks that can be used at once: those whose weights are on this machine, and the bundled ones. */
public record WeightsHere(WeightStore store) {

    /** @param seed see {@link ModelRequest#seed} */
    public List<ModelRequest> requests(long seed) {
        List<ModelRequest> here = new ArrayList<>();
        for (BundledModel bundled : BundledModel.values()) {
            here.add(request(bundled.id(), seed));
        }
        Set<String> files = new HashSet<>();
        for (Map.Entry<String, PublishedWeights> published :
                Zoo.publishedWeights().entrySet()) {
            PublishedWeights weights = published.getValue();
            boolean isHere = store.find(weights.whole()).isPresent()
                    || store.find(weights.withoutTop()).isPresent();
            if (isHere && files.add(weights.whole().fileName())) {
                here.add(request(published.getKey(), seed));
            }
        }
        return here;
    }

    private static ModelRequest request(String name, long seed) {
        return new ModelRequest(name, Optional.empty(), false, seed, Optional.empty());
    }
}
