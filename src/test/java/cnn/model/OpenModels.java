package cnn.model;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Backend;
import cnn.program.Precision;
import cnn.zoo.Labels;
import cnn.zoo.Preprocessing;
import java.util.List;
import java.util.Optional;

/** Models that were opened from no file. */
public final class OpenModels {
    private OpenModels() {}

    public static Model of(Network network, Weights weights) {
        return of(network, weights, Optional.empty());
    }

    /** @param saved how it is said to have been trained */
    public static Model of(Network network, Weights weights, Optional<SavedModel> saved) {
        ForwardPasses passes = new ForwardPasses(Engine.ONEDNN, Precision.FP32, 8);
        return of(network, weights, Preprocessing.UNIT, saved, passes);
    }

    /** A model whose outputs are what {@code pass} says. */
    public static Model of(Network network, Preprocessing preprocessing, ForwardPass pass) {
        Backend backend = new Backend() {
            @Override
            public String arithmetic() {
                return "made up";
            }

            @Override
            public ForwardPass compile(Network any, Weights weights, List<String> outputs, int images) {
                return pass;
            }
        };
        Weights none = (node, weight) -> {
            throw new IllegalStateException("nobody asks for weights");
        };
        return of(network, none, preprocessing, Optional.empty(), new ForwardPasses(backend, 8));
    }

    private static Model of(
            Network network,
            Weights weights,
            Preprocessing preprocessing,
            Optional<SavedModel> saved,
            ForwardPasses passes) {
        Provenance provenance = new Provenance(
                network.name(),
                preprocessing,
                Labels.numbered(Math.max(2, network.output().outputShape().channels())),
                "test",
                saved,
                Optional.empty());
        return new Model(network, List.of(network.output().name()), provenance, WeightSource.of(weights), passes);
    }
}
