package cnn.network;

import java.util.List;

/** A layer that has no weights, and so multiplies nothing by them. */
sealed interface WeightlessLayer extends Layer
        permits InputLayer,
                Activation,
                Softmax,
                Rescaling,
                Channels,
                Cropping2D,
                UpSampling2D,
                Merge,
                ScaledSum,
                Dot,
                Permute,
                Noise,
                PassThrough,
                ZeroPadding2D,
                Pooling2D,
                GlobalPooling2D,
                Add,
                Concatenate,
                Flatten,
                Reshape,
                Dropout {

    @Override
    default List<WeightSpec> weights(Shape input) {
        return List.of();
    }

    @Override
    default long multiplyAdds(Shape input, Shape output) {
        return 0;
    }
}
