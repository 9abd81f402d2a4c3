package cnn.network;

import java.util.Arrays;
import java.util.Optional;

/**
 * The classes of Keras that layers are read from and written as; {@link #toString} is the class's own name, {@link #read} the
 * layer of its arguments.
 */
public enum KerasType {
    INPUT_LAYER("InputLayer", KerasType::refused),
    CONV2D("Conv2D", Conv2D::read),
    DEPTHWISE_CONV2D("DepthwiseConv2D", DepthwiseConv2D::read),
    SEPARABLE_CONV2D("SeparableConv2D", SeparableConv2D::read),
    CONV2D_TRANSPOSE("Conv2DTranspose", Conv2DTranspose::read),
    DENSE("Dense", Dense::read),
    BATCH_NORMALIZATION("BatchNormalization", BatchNormalization::read),
    LAYER_NORMALIZATION("LayerNormalization", LayerNormalization::read),
    GROUP_NORMALIZATION("GroupNormalization", GroupNormalization::read),
    NORMALIZATION("Normalization", Normalization::read),
    RESCALING("Rescaling", Rescaling::read),
    ACTIVATION("Activation", Activation::read),
    RELU("ReLU", Activation::readReLU),
    LEAKY_RELU("LeakyReLU", Activation::readLeakyReLU),
    ELU("ELU", Activation::readELU),
    PRELU("PReLU", PReLU::read),
    SOFTMAX("Softmax", Softmax::read),
    ZERO_PADDING2D("ZeroPadding2D", ZeroPadding2D::read),
    CROPPING2D("Cropping2D", Cropping2D::read),
    UP_SAMPLING2D("UpSampling2D", UpSampling2D::read),
    MAX_POOLING2D("MaxPooling2D", (arguments, input) -> Pooling2D.read(Pooling.MAX, arguments)),
    AVERAGE_POOLING2D("AveragePooling2D", (arguments, input) -> Pooling2D.read(Pooling.AVERAGE, arguments)),
    GLOBAL_MAX_POOLING2D("GlobalMaxPooling2D", (arguments, input) -> GlobalPooling2D.read(Pooling.MAX, arguments)),
    GLOBAL_AVERAGE_POOLING2D(
            "GlobalAveragePooling2D", (arguments, input) -> GlobalPooling2D.read(Pooling.AVERAGE, arguments)),
    ADD("Add", Add::read),
    SUBTRACT("Subtract", (arguments, input) -> new Merge(Merge.Operation.SUBTRACT)),
    MULTIPLY("Multiply", (arguments, input) -> new Merge(Merge.Operation.MULTIPLY)),
    /** An operator; Keras has no such layer. */
    TRUE_DIVIDE("TrueDivide", (arguments, input) -> new Merge(Merge.Operation.DIVIDE)),
    AVERAGE("Average", (arguments, input) -> new Merge(Merge.Operation.AVERAGE)),
    MAXIMUM("Maximum", (arguments, input) -> new Merge(Merge.Operation.MAXIMUM)),
    MINIMUM("Minimum", (arguments, input) -> new Merge(Merge.Operation.MINIMUM)),
    DOT("Dot", Dot::read),
    /** An operator, told by the slice that it takes of the channels; Keras has no such layer. */
    GET_ITEM("GetItem", Channels::read),
    CONCATENATE("Concatenate", Concatenate::read),
    FLATTEN("Flatten", Flatten::read),
    RESHAPE("Reshape", Reshape::read),
    PERMUTE("Permute", Permute::read),
    DROPOUT("Dropout", Dropout::read),
    SPATIAL_DROPOUT2D("SpatialDropout2D", (arguments, input) -> Noise.read(Noise.Kind.SPATIAL_DROPOUT, arguments)),
    GAUSSIAN_NOISE("GaussianNoise", (arguments, input) -> Noise.read(Noise.Kind.GAUSSIAN_NOISE, arguments)),
    GAUSSIAN_DROPOUT("GaussianDropout", (arguments, input) -> Noise.read(Noise.Kind.GAUSSIAN_DROPOUT, arguments)),
    ALPHA_DROPOUT("AlphaDropout", (arguments, input) -> Noise.read(Noise.Kind.ALPHA_DROPOUT, arguments)),
    LAYER_SCALE("LayerScale", LayerScale::read),
    CUSTOM_SCALE_LAYER("CustomScaleLayer", ScaledSum::read),
    IDENTITY("Identity"),
    ACTIVITY_REGULARIZATION("ActivityRegularization"),
    STOCHASTIC_DEPTH("StochasticDepth"),
    RANDOM_FLIP("RandomFlip"),
    RANDOM_ROTATION("RandomRotation"),
    RANDOM_ZOOM("RandomZoom"),
    RANDOM_TRANSLATION("RandomTranslation"),
    RANDOM_CONTRAST("RandomContrast"),
    RANDOM_BRIGHTNESS("RandomBrightness"),
    RANDOM_SHEAR("RandomShear"),
    RANDOM_HUE("RandomHue"),
    RANDOM_SATURATION("RandomSaturation"),
    RANDOM_GRAYSCALE("RandomGrayscale"),
    RANDOM_COLOR_JITTER("RandomColorJitter"),
    RANDOM_COLOR_DEGENERATION("RandomColorDegeneration"),
    RANDOM_SHARPNESS("RandomSharpness"),
    RANDOM_POSTERIZATION("RandomPosterization"),
    RANDOM_PERSPECTIVE("RandomPerspective"),
    RANDOM_ERASING("RandomErasing"),
    RANDOM_INVERT("RandomInvert"),
    RANDOM_GAUSSIAN_BLUR("RandomGaussianBlur"),
    RANDOM_ELASTIC_TRANSFORM("RandomElasticTransform"),
    RANDOM_HEIGHT("RandomHeight"),
    RANDOM_WIDTH("RandomWidth");

    /** Makes a layer of what its class's config says and the shape of its first input. */
    private interface Reader {
        Layer read(Arguments arguments, Shape input);
    }

    private final String className;
    private final Reader reader;

    KerasType(String className, Reader reader) {
        this.className = className;
        this.reader = reader;
    }

    /** A class that does nothing when a network answers. */
    KerasType(String className) {
        this.className = className;
        this.reader = (arguments, input) -> PassThrough.read(this, arguments);
    }

    /** The type of that class name, if it is one of these. */
    public static Optional<KerasType> of(String className) {
        return Arrays.stream(values())
                .filter(type -> type.className.equals(className))
                .findFirst();
    }

    /**
     * The layer of such arguments.
     *
     * @param input the shape of the first input
     * @throws cnn.UserError of kind WEIGHTS naming an argument that is wrong, or that layers here do not have
     * @throws IllegalArgumentException if there is no layer with such arguments
     * @throws ArithmeticException if an argument is too large to count with
     */
    public Layer read(Arguments arguments, Shape input) {
        Layer layer = arguments.channelsFirst() && input.isMap()
                ? new ChannelsFirst(reader.read(arguments, ChannelsFirst.last(input)))
                : reader.read(arguments, input);
        arguments.end();
        return layer;
    }

    private static Layer refused(Arguments arguments, Shape input) {
        throw arguments.unsupported("a layer of this type here");
    }

    @Override
    public String toString() {
        return className;
    }
}
