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

    R dense(Dense layer);

    R batchNormalization(BatchNormalization layer);

    R activation(Activation layer);

    R zeroPadding2D(ZeroPadding2D layer);

    R pooling2D(Pooling2D layer);

    R globalPooling2D(GlobalPooling2D layer);

    R add(Add layer);

    R concatenate(Concatenate layer);

    R flatten(Flatten layer);

    R reshape(Reshape layer);

    R dropout(Dropout layer);
}
