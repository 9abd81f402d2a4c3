package cnn.network;

import java.util.List;

/** What one layer computes, apart from its name, its place in a network and the values of its weights. */
public sealed interface Layer
        permits InputLayer,
                Conv2D,
                DepthwiseConv2D,
                Dense,
                BatchNormalization,
                Activation,
                ZeroPadding2D,
                Pooling2D,
                GlobalPooling2D,
                Add,
                Concatenate,
                Flatten,
                Reshape,
                Dropout {

    /** The name of Keras's class. */
    String kerasType();

    /**
     * The shape of the output.
     *
     * @throws cnn.UserError if the layer cannot take such inputs
     */
    Shape outputShape(List<Shape> inputs);

    /** The weights in the order in which Keras lists them, trainable ones first. */
    default List<WeightSpec> weights(Shape input) {
        return List.of();
    }

    /** How the kernel starts, if there is one: what a network declares layer by layer, as in Keras. */
    default KernelInitializer kernelInitializer() {
        return KernelInitializer.GLOROT_UNIFORM;
    }

    /**
     * Multiplications with a weight (each followed by an addition) for one sample. Only convolutions and dense layers
     * count; bias, batch norm, pooling and activations do not.
     */
    default long multiplyAdds(Shape input, Shape output) {
        return 0;
    }
}
