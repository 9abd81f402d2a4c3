package cnn.network;

/** What a layer does with a weight: it decides the weight's axes and the values that it starts from. */
public enum WeightRole {
    /** (height, width, in, out): convolves all channels together. */
    KERNEL,
    /** (height, width, in, multiplier): convolves each channel by itself. */
    DEPTHWISE_KERNEL,
    /** (in, out): multiplies a vector. */
    DENSE_KERNEL,
    /** (in, out): multiplies the channels of each cell. */
    POINT_KERNEL,
    /** (height, width, out, in): a kernel of the transpose of a convolution. */
    TRANSPOSED_KERNEL,
    /** (..., channels) with 1 for an axis along which all are the same: multiplies what is below 0; starts at 0. */
    SLOPE,
    /** (channels): is added to each channel, or taken from it; starts at 0. */
    SHIFT,
    /** (channels): multiplies each channel, or divides it; starts at 1. */
    SCALE;

    /** Whether it multiplies what goes into the layer: what Keras's kernel regularisers are about. */
    public boolean isKernel() {
        return switch (this) {
            case KERNEL, DEPTHWISE_KERNEL, DENSE_KERNEL, POINT_KERNEL, TRANSPOSED_KERNEL -> true;
            case SLOPE, SHIFT, SCALE -> false;
        };
    }
}
