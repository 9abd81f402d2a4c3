package cnn.model;

import cnn.UserError;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Backend;
import cnn.program.ClassGradient;
import cnn.program.KeptWeights;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RangeObserver;
import cnn.program.UnsupportedLayerException;
import java.util.List;

/**
 * How networks are made ready to compute.
 *
 * @param backend that computes them
 * @param batchSize images that a pass will mostly be given
 */
public record ForwardPasses(Backend backend, int batchSize) {

    /** @throws UserError if the engine, or the processor, has no such arithmetic */
    public ForwardPasses(Engine engine, Precision precision, int batchSize) {
        this(engine.backend(precision), batchSize);
    }

    /** The same in int8. */
    ForwardPasses quantized(Quantization quantization) {
        return new ForwardPasses(backend.quantized(quantization), batchSize);
    }

    /** The same, which keeps what it makes of weights. */
    ForwardPasses keeping(KeptWeights place) {
        return new ForwardPasses(backend.keeping(place), batchSize);
    }

    /** See {@link Backend#arithmetic}. */
    public String recipe() {
        return backend.arithmetic();
    }

    /**
     * A pass that gives what the layers named {@code outputs} compute; what lies above them is not run.
     *
     * @throws UserError of kind WEIGHTS if the backend cannot compute one of the layers
     */
    public ForwardPass open(Network network, Weights weights, List<String> outputs) {
        try {
            return backend.compile(network, weights, outputs, batchSize);
        } catch (UnsupportedLayerException e) {
            throw UserError.weights(network.name() + ", " + e.getMessage() + "; another engine may", e);
        }
    }

    /**
     * What finds the ranges of the values that the layers named {@code outputs} need.
     *
     * @throws UserError of kind WEIGHTS if the backend cannot compute one of the layers
     */
    RangeObserver observer(Network network, Weights weights, List<String> outputs) {
        try {
            return backend.observer(network, weights, outputs);
        } catch (UnsupportedLayerException e) {
            throw UserError.weights(network.name() + ", " + e.getMessage(), e);
        }
    }

    /**
     * The gradient of a class's result by what goes into a network.
     *
     * @throws UserError of kind DATA if the backend has no derivative for one of the layers
     */
    ClassGradient gradient(Network network, Weights weights) {
        try {
            return backend.gradient(network, weights);
        } catch (UnsupportedLayerException e) {
            throw UserError.data("%s cannot be explained: %s".formatted(network.name(), e.getMessage()), e);
        }
    }
}
