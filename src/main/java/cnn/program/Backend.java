package cnn.program;

import cnn.UserError;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Weights;
import java.util.List;

/** A library that computes networks. It says what it cannot compute, and never lets another do it instead. */
public interface Backend {

    /**
     * Whatever decides, besides network and weights, which numbers come out: equal text, equal bits for a batch of the
     * same size, and at most 5e-6 of the largest number off for another. A number in it is to be raised whenever any
     * network gives other bits than before.
     */
    String arithmetic();

    /**
     * Makes as much of {@code network} ready as {@code outputs} need.
     *
     * @param weights must stay open, and their file unchanged, until the pass is closed
     * @param outputs layers, in the order in which the pass gives their values
     * @param images the number of images that most runs will have; others work too
     * @throws UnsupportedLayerException naming a layer that this library cannot compute
     * @throws cnn.UserError if there is no layer of such a name, or no device to compute on
     */
    ForwardPass compile(Network network, Weights weights, List<String> outputs, int images);

    /**
     * The same engine computing with 8 bits.
     *
     * @throws UserError if it, or the processor, cannot
     */
    default Backend quantized(Quantization quantization) {
        throw UserError.usage("this engine (%s) does not compute in int8".formatted(arithmetic()));
    }

    /** The same engine, which may keep what it makes of weights, and find what it has kept. */
    default Backend keeping(KeptWeights place) {
        return this;
    }

    /** The layers that stay float32 although this engine computes with 8 bits; none where it does not. */
    default List<FloatStep> inFloat(Network network, List<String> outputs) {
        return List.of();
    }

    /**
     * Makes as much of {@code network} ready to be watched as {@code outputs} need.
     *
     * @param weights as for {@link #compile}, until the observer is closed
     * @throws UnsupportedLayerException naming a layer that this library cannot compute
     */
    default RangeObserver observer(Network network, Weights weights, List<String> outputs) {
        throw new UnsupportedLayerException("this engine (%s) finds no ranges".formatted(arithmetic()));
    }

    /**
     * Makes a network ready that ends in classes, and its derivative by what goes into it; a library that only computes
     * forward leaves this as it is.
     *
     * @param weights as for {@link #compile}, until the gradient is closed
     * @throws UnsupportedLayerException naming a layer whose derivative this library does not compute, or if the output is
     *     not one of classes
     */
    default ClassGradient gradient(Network network, Weights weights) {
        throw new UnsupportedLayerException("this engine (%s) computes no gradients".formatted(arithmetic()));
    }

    /**
     * Makes a network ready to learn; a library that only computes forward leaves this as it is.
     *
     * @param network from the values that {@link TrainableNetwork#train} is given to classes
     * @param initial the values to start from; those of layers that do not learn are asked for whenever
     *     {@link TrainableNetwork#weights} are
     * @throws UnsupportedLayerException if a layer cannot be trained, or the output is not one of classes
     */
    default TrainableNetwork trainable(Network network, Weights initial, TrainingSetup setup) {
        throw new UnsupportedLayerException("this engine (%s) does not train".formatted(arithmetic()));
    }
}
