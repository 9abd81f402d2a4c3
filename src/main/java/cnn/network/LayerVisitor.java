package cnn.network;

/**
 * Something that is done for each kind of layer: one method a kind, so that a new kind does not compile until everything
 * that has to know of it does.
 *
 * @param <R> what comes of it
 */
public interface LayerVisitor<R> {

    R inputLayer(InputLayer layer);

    R conv2D(Conv2D layer);

    R depthwiseConv2D(DepthwiseConv2D layer);

    R separableConv2D(SeparableConv2D layer);

    R conv2DTranspose(Conv2DTranspose layer);

    R dense(Dense layer);

    R batchNormalization(BatchNormalization layer);

    R layerNormalization(LayerNormalization layer);

    R groupNormalization(GroupNormalization layer);

    R normalization(Normalization layer);

    R rescaling(Rescaling layer);

    R layerScale(LayerScale layer);

    R activation(Activation layer);

    R prelu(PReLU layer);

    R softmax(Softmax layer);

    R zeroPadding2D(ZeroPadding2D layer);

    R cropping2D(Cropping2D layer);

    R upSampling2D(UpSampling2D layer);

    R channels(Channels layer);

    R pooling2D(Pooling2D layer);

    R globalPooling2D(GlobalPooling2D layer);

    R add(Add layer);

    R merge(Merge layer);

    R scaledSum(ScaledSum layer);

    R dot(Dot layer);

    R concatenate(Concatenate layer);

    R flatten(Flatten layer);

    R reshape(Reshape layer);

    R permute(Permute layer);

    R dropout(Dropout layer);

    R noise(Noise layer);

    R passThrough(PassThrough layer);

    R channelsFirst(ChannelsFirst layer);
}
