package cnn.network;

import java.util.List;
import java.util.Map;

/**
 * What one layer computes, apart from its name, its place in a network and the values of its weights. Whatever else there
 * is to know of a kind of layer is asked for by a {@link LayerVisitor}.
 */
public sealed interface Layer
        permits WeightlessLayer,
                Conv2D,
                DepthwiseConv2D,
                SeparableConv2D,
                Conv2DTranspose,
                Dense,
                BatchNormalization,
                LayerNormalization,
                GroupNormalization,
                Normalization,
                PReLU,
                LayerScale,
                ChannelsFirst {

    /** The Keras class that this is written as. */
    KerasType kerasType();

    /**
     * The layer's own arguments as its {@code get_config()} lists them in Keras 2; Keras 3 takes them too. Arguments that
     * only some versions know are left out where they would be the defaults. {@link KerasType#read} gives the layer back.
     *
     * @return an ordered map of texts, numbers, booleans, null, lists and such maps
     */
    Map<String, Object> arguments();

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

    /** What a weight that is no kernel starts with. */
    default double initialValue(WeightSpec weight) {
        return weight.role() == WeightRole.SCALE ? 1 : 0;
    }

    /** How the kernel starts, if there is one: what a network declares layer by layer, as in Keras. */
    default KernelInitializer kernelInitializer() {
        return KernelInitializer.GLOROT_UNIFORM;
    }

    /** Calls the visitor's method for this kind of layer. */
    <R> R accept(LayerVisitor<R> visitor);
}
