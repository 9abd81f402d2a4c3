package cnn.network;

import java.util.Arrays;
import java.util.Optional;

/**
 * The classes of Keras that layers are read from and written as; {@link #toString} is the class's own name. An exhaustive
 * {@code switch} over them does not compile where one is forgotten.
 */
public enum KerasType {
    INPUT_LAYER("InputLayer"),
    CONV2D("Conv2D"),
    DEPTHWISE_CONV2D("DepthwiseConv2D"),
    DENSE("Dense"),
    BATCH_NORMALIZATION("BatchNormalization"),
    ACTIVATION("Activation"),
    RELU("ReLU"),
    /** Read as an {@link #ACTIVATION}. */
    SOFTMAX("Softmax"),
    ZERO_PADDING2D("ZeroPadding2D"),
    MAX_POOLING2D("MaxPooling2D"),
    AVERAGE_POOLING2D("AveragePooling2D"),
    GLOBAL_MAX_POOLING2D("GlobalMaxPooling2D"),
    GLOBAL_AVERAGE_POOLING2D("GlobalAveragePooling2D"),
    ADD("Add"),
    CONCATENATE("Concatenate"),
    FLATTEN("Flatten"),
    RESHAPE("Reshape"),
    DROPOUT("Dropout"),
    /** Read as {@link #DROPOUT}, from which it differs in training only. */
    SPATIAL_DROPOUT2D("SpatialDropout2D");

    private final String className;

    KerasType(String className) {
        this.className = className;
    }

    /** The type of that class name, if it is one of these. */
    public static Optional<KerasType> of(String className) {
        return Arrays.stream(values())
                .filter(type -> type.className.equals(className))
                .findFirst();
    }

    @Override
    public String toString() {
        return className;
    }
}
