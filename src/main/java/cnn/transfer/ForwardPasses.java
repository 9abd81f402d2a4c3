package cnn.transfer;

import cnn.UserError;
import cnn.dl4j.Dl4jForwardPass;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.onednn.CompiledNetwork;
import cnn.onednn.Precision;
import cnn.program.UnsupportedLayerException;
import java.util.List;
import java.util.function.Consumer;

/**
 * How networks are made ready to compute: compiled by {@code engine}, or, where a layer is beyond it, by Deeplearning4j.
 *
 * @param precision of the arithmetic
 * @param batchSize images that a pass will mostly be given
 * @param warning hears when a network runs on the slow way, and why
 */
public record ForwardPasses(Precision precision, int batchSize, Consumer<String> warning) {

    /**
     * @throws UserError if the processor has no such arithmetic
     */
    public ForwardPasses {
        if (!precision.supported()) {
            throw UserError.weights("this processor has no " + precision.id() + " arithmetic; use --precision fp32");
        }
    }

    /**
     * Whatever decides, besides network and weights, which numbers come out: equal text, equal bits for a batch of the
     * same size, and at most 5e-6 of the largest number off for another. The number is to be raised whenever any network gives other bits than before.
     */
    String recipe() {
        return "arithmetic 1, " + precision.id();
    }

    /** A pass that gives what the layers named {@code outputs} compute; what lies above them is not run. */
    ForwardPass open(Network network, Weights weights, List<String> outputs) {
        try {
            return CompiledNetwork.compile(network, weights, outputs, precision, batchSize);
        } catch (UnsupportedLayerException e) {
            warning.accept(e.getMessage() + "; Deeplearning4j runs this network instead, much slower");
            return Dl4jForwardPass.of(network, weights, outputs);
        }
    }
}
