package cnn.network;

import java.util.List;

/**
 * What one layer computes, apart from its name, its place in a network and the values of its weights. Whatever else there
 * is to know of a kind of layer is asked for by a {@link LayerVisitor}.
 */
public sealed interface Layer permits WeightlessLayer, Conv2D, DepthwiseConv2D, Dense, BatchNormalization {

    /** The Keras class that this is written as. */
    KerasType kerasType();

    /**
     * The shape of the output.
     *
     * @throws cnn.UserError if the layer cannot take such inputs
     */
    Shape outputShape(List<Shape> inputs);

    /** The weights in the order in which Keras lists them, trainable ones first. */
    List<WeightSpec> weights(Shape input);

    /**
     * Multiplications with a weight (each followed by an addition) for one sample. Only convolutions and dense layers
     * count; bias, batch norm, pooling and activations do not.
     */
    long multiplyAdds(Shape input, Shape output);

    /** How the kernel starts, if there is one: what a network declares layer by layer, as in Keras. */
    default KernelInitializer kernelInitializer() {
        return KernelInitializer.GLOROT_UNIFORM;
    }

    /** Calls the visitor's method for this kind of layer. */
    <R> R accept(LayerVisitor<R> visitor);
}
