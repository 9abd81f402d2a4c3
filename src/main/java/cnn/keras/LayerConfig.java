package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.KerasType;
import cnn.network.KernelInitializer;
import cnn.network.Layer;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The meaning of one layer of a {@code model_config}.
 *
 * @param type Keras's class name
 * @param name of the layer
 * @param config its arguments
 */
record LayerConfig(String type, String name, JsonObject config) {
    /** Names are part of paths in the file, and of messages. */
    private static final int LONGEST_NAME = 1000;

    private static final List<String> KERAS_1_ARGUMENTS =
            List.of("nb_filter", "output_dim", "border_mode", "dim_ordering");

    static LayerConfig of(JsonObject entry) {
        String type = entry.text("class_name");
        JsonObject config = config(entry);
        String name = entry.optionalText("name")
                .or(() -> config.optionalText("name"))
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> UserError.weights(entry.place() + ": a layer without a name"));
        if (name.length() > LONGEST_NAME) {
            throw UserError.weights("%s: a name of %d characters".formatted(entry.place(), name.length()));
        }
        boolean known = KerasType.of(type).isPresent(); // others have arguments of such names in Keras 3
        if (type.equals("Convolution2D") || (known && KERAS_1_ARGUMENTS.stream().anyMatch(config::has))) {
            throw UserError.weights("layer %s is as Keras 1 writes it, which is not read here: ".formatted(name)
                    + "load the model in Keras 2 and save it again");
        }
        return new LayerConfig(type, name, config.at("layer " + name));
    }

    /** Until version 2.2 Keras wrote only the layers of a sequential model. */
    private static JsonObject config(JsonObject entry) {
        return entry.get("config") instanceof List<?> layers
                        && entry.text("class_name").equals("Sequential")
                ? new JsonObject(entry.place(), Map.of("name", "sequential", "layers", layers))
                : entry.object("config");
    }

    boolean isModel() {
        return type.equals("Sequential") || type.equals("Functional") || type.equals("Model");
    }

    boolean isInput() {
        return type.equals("InputLayer");
    }

    boolean trainable() {
        return config.flag("trainable", true);
    }

    /**
     * @param input the shape of the first input, which {@code Reshape} and {@code Softmax} need
     * @throws UserError if the layer, or an argument of it, is not one that networks here can have
     * @throws IllegalArgumentException if there is no layer with such arguments
     * @throws ArithmeticException if an argument is too large to count with
     */
    Layer layer(Shape input) {
        config.optionalText("data_format").ifPresent(format -> requireDefault("data_format", format, "channels_last"));
        KerasType known = KerasType.of(type).orElseThrow(() -> unsupported("layers of type " + Excerpt.of(type)));
        return switch (known) {
            case INPUT_LAYER -> throw unsupported("layers of type " + Excerpt.of(type));
            case CONV2D -> convolution();
            case DEPTHWISE_CONV2D ->
                new DepthwiseConv2D(window("kernel_size"), config.integer("depth_multiplier"), useBias(), activation());
            case DENSE -> new Dense(config.integer("units"), useBias(), activation(), kernelInitializer());
            case BATCH_NORMALIZATION -> batchNormalization(input);
            case ACTIVATION -> new Activation(activation());
            case RELU -> relu();
            case SOFTMAX -> softmax(input);
            case ZERO_PADDING2D -> zeroPadding();
            case MAX_POOLING2D -> new Pooling2D(Pooling.MAX, poolWindow());
            case AVERAGE_POOLING2D -> new Pooling2D(Pooling.AVERAGE, poolWindow());
            case GLOBAL_MAX_POOLING2D -> new GlobalPooling2D(Pooling.MAX);
            case GLOBAL_AVERAGE_POOLING2D -> new GlobalPooling2D(Pooling.AVERAGE);
            case ADD -> new Add();
            case CONCATENATE -> concatenate();
            case FLATTEN -> new Flatten();
            case RESHAPE -> reshape(input);
            case DROPOUT, SPATIAL_DROPOUT2D -> new Dropout(config.number("rate", 0));
        };
    }

    /** Whether a global pooling keeps its two axes of size 1. */
    boolean keepsDimensions() {
        return type.startsWith("Global") && config.flag("keepdims", false);
    }

    private Conv2D convolution() {
        requireDefault("groups", config.has("groups") ? config.integer("groups") : 1, 1);
        return new Conv2D(
                config.integer("filters"), window("kernel_size"), useBias(), activation(), kernelInitializer());
    }

    private BatchNormalization batchNormalization(Shape input) {
        Object axis = config.has("axis") ? config.get("axis") : -1;
        boolean listed = axis instanceof List<?> list && list.size() == 1;
        int index = JsonObject.asInt(config.place() + ", axis", listed ? ((List<?>) axis).get(0) : axis);
        if (index != -1 && index != input.sizes().size()) {
            throw unsupported("batch normalisation over axis " + index);
        }
        return new BatchNormalization(
                config.number("momentum", 0.99),
                config.number("epsilon", 1e-3),
                config.flag("center", true),
                config.flag("scale", true));
    }

    private Activation relu() {
        if (config.number("negative_slope", 0) != 0 || config.number("threshold", 0) != 0) {
            throw unsupported("ReLU with a slope or a threshold");
        }
        double most = config.number("max_value", Double.POSITIVE_INFINITY);
        if (most == 6) {
            return new Activation(ActivationFunction.RELU6);
        }
        if (most == Double.POSITIVE_INFINITY) {
            return new Activation(ActivationFunction.RELU);
        }
        throw unsupported("ReLU with max_value " + most);
    }

    private Activation softmax(Shape input) {
        int axis = config.has("axis") ? config.integer("axis") : -1;
        if (axis != -1 && axis != input.sizes().size()) {
            throw unsupported("softmax over axis " + axis);
        }
        return new Activation(ActivationFunction.SOFTMAX);
    }

    private ZeroPadding2D zeroPadding() {
        Object padding = config.get("padding");
        if (padding instanceof List<?> sides && sides.size() == 2 && sides.get(0) instanceof List<?>) {
            int[] rows = JsonObject.pair(config.place() + ", padding", sides.get(0));
            int[] columns = JsonObject.pair(config.place() + ", padding", sides.get(1));
            return new ZeroPadding2D(new Pads(rows[0], rows[1], columns[0], columns[1]));
        }
        int[] same = config.pair("padding", 0);
        return new ZeroPadding2D(new Pads(same[0], same[0], same[1], same[1]));
    }

    private Concatenate concatenate() {
        int axis = config.has("axis") ? config.integer("axis") : -1;
        if (axis != -1 && axis != 3) {
            throw unsupported("concatenation along axis " + axis);
        }
        return new Concatenate();
    }

    private Reshape reshape(Shape input) {
        String place = config.place() + ", target_shape";
        int[] target = config.list("target_shape").stream()
                .mapToInt(size -> JsonObject.asInt(place, size))
                .toArray();
        long known =
                Arrays.stream(target).filter(size -> size != -1).asLongStream().reduce(1, Math::multiplyExact);
        for (int i = 0; i < target.length; i++) {
            if (target[i] == -1 && known > 0) {
                target[i] = Math.toIntExact(input.elements() / known);
                known *= target[i];
            }
        }
        return new Reshape(Shape.of(target));
    }

    private Window window(String kernel) {
        int[] size = config.pair(kernel, 1);
        int[] strides = config.pair("strides", 1);
        int[] dilation = config.pair("dilation_rate", 1);
        return new Window(size[0], size[1], strides[0], strides[1], dilation[0], dilation[1], padding());
    }

    private Window poolWindow() {
        int[] size = config.pair("pool_size", 2);
        int[] strides = config.has("strides") ? config.pair("strides", 1) : size;
        return new Window(size[0], size[1], strides[0], strides[1], 1, 1, padding());
    }

    private Padding padding() {
        String padding = config.optionalText("padding").orElse("valid");
        return switch (padding) {
            case "same" -> Padding.SAME;
            case "valid" -> Padding.VALID;
            default -> throw unsupported("padding " + Excerpt.of(padding));
        };
    }

    /** Keras's class for an initializer. */
    static String kerasClass(KernelInitializer initializer) {
        return initializer == KernelInitializer.HE_UNIFORM ? "HeUniform" : "GlorotUniform";
    }

    /** Of no meaning for a network whose weights are read; one that is not known here counts as the default. */
    private KernelInitializer kernelInitializer() {
        boolean he = config.fields().get("kernel_initializer") instanceof Map<?, ?> initializer
                && kerasClass(KernelInitializer.HE_UNIFORM).equals(initializer.get("class_name"));
        return he ? KernelInitializer.HE_UNIFORM : KernelInitializer.GLOROT_UNIFORM;
    }

    private boolean useBias() {
        return config.flag("use_bias", true);
    }

    private ActivationFunction activation() {
        String function = config.optionalText("activation").orElse("linear");
        return ActivationFunction.named(function).orElseThrow(() -> unsupported("activation " + Excerpt.of(function)));
    }

    private void requireDefault(String argument, Object value, Object only) {
        if (!value.equals(only)) {
            throw unsupported(argument + " " + value);
        }
    }

    private UserError unsupported(String what) {
        return UserError.weights(
                "layer %s: %s are not supported; networks of the zoo's layers are".formatted(name, what));
    }
}
