package cnn.keras;

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
import cnn.network.InputLayer;
import cnn.network.KernelInitializer;
import cnn.network.Layer;
import cnn.network.LayerVisitor;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arguments of one layer as its {@code get_config()} lists them in Keras 2; Keras 3 takes them too. Arguments that only
 * some versions know are left out where they would be the defaults.
 */
final class LayerText implements LayerVisitor<Map<String, Object>> {
    private final Map<String, Object> config = new LinkedHashMap<>();

    private LayerText() {}

    /** The {@code config} of a layer; values are strings, numbers, booleans, null, lists and maps. */
    static Map<String, Object> of(String name, Layer layer) {
        LayerText text = new LayerText();
        text.config.put("name", name);
        return layer.accept(text);
    }

    @Override
    public Map<String, Object> inputLayer(InputLayer input) {
        config.put("batch_input_shape", batch(input.shape()));
        config.put("dtype", "float32");
        config.put("sparse", false);
        return config;
    }

    @Override
    public Map<String, Object> conv2D(Conv2D convolution) {
        common();
        config.put("filters", convolution.filters());
        kernel(convolution.window());
        activation(convolution.activation().name());
        return weights("kernel", convolution.kernelInitializer(), convolution.useBias());
    }

    @Override
    public Map<String, Object> depthwiseConv2D(DepthwiseConv2D convolution) {
        common();
        kernel(convolution.window());
        config.put("depth_multiplier", convolution.depthMultiplier());
        activation(convolution.activation().name());
        return weights("depthwise", convolution.kernelInitializer(), convolution.useBias());
    }

    @Override
    public Map<String, Object> dense(Dense dense) {
        common();
        config.put("units", dense.units());
        activation(dense.activation().name());
        return weights("kernel", dense.kernelInitializer(), dense.useBias());
    }

    @Override
    public Map<String, Object> activation(Activation activation) {
        common();
        if (!activation.function().equals(ActivationFunction.RELU6)) {
            return activation(activation.function().name());
        }
        config.put("max_value", 6.0);
        config.put("negative_slope", 0.0);
        config.put("threshold", 0.0);
        return config;
    }

    @Override
    public Map<String, Object> zeroPadding2D(ZeroPadding2D padding) {
        common();
        Pads pads = padding.pads();
        config.put("padding", List.of(List.of(pads.top(), pads.bottom()), List.of(pads.left(), pads.right())));
        return dataFormat();
    }

    @Override
    public Map<String, Object> pooling2D(Pooling2D pooling) {
        common();
        Window window = pooling.window();
        config.put("pool_size", List.of(window.kernelHeight(), window.kernelWidth()));
        strides(window);
        return dataFormat();
    }

    @Override
    public Map<String, Object> globalPooling2D(GlobalPooling2D pooling) {
        common();
        return dataFormat();
    }

    @Override
    public Map<String, Object> add(Add add) {
        return common();
    }

    @Override
    public Map<String, Object> concatenate(Concatenate concatenate) {
        common();
        config.put("axis", -1);
        return config;
    }

    @Override
    public Map<String, Object> flatten(Flatten flatten) {
        common();
        return dataFormat();
    }

    @Override
    public Map<String, Object> reshape(Reshape reshape) {
        common();
        config.put("target_shape", reshape.target().sizes());
        return config;
    }

    @Override
    public Map<String, Object> dropout(Dropout dropout) {
        common();
        config.put("rate", dropout.rate());
        config.put("noise_shape", null);
        config.put("seed", null);
        return config;
    }

    @Override
    public Map<String, Object> batchNormalization(BatchNormalization norm) {
        common();
        config.put("axis", -1);
        config.put("momentum", norm.momentum());
        config.put("epsilon", norm.epsilon());
        config.put("center", norm.center());
        config.put("scale", norm.scale());
        config.put("beta_initializer", initializer("Zeros"));
        config.put("gamma_initializer", initializer("Ones"));
        config.put("moving_mean_initializer", initializer("Zeros"));
        config.put("moving_variance_initializer", initializer("Ones"));
        for (String none : List.of("beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint")) {
            config.put(none, null);
        }
        return config;
    }

    private Map<String, Object> common() {
        config.put("trainable", true);
        config.put("dtype", "float32");
        return config;
    }

    private void kernel(Window window) {
        config.put("kernel_size", List.of(window.kernelHeight(), window.kernelWidth()));
        strides(window);
        dataFormat();
        config.put("dilation_rate", List.of(window.dilationHeight(), window.dilationWidth()));
    }

    private void strides(Window window) {
        config.put("strides", List.of(window.strideHeight(), window.strideWidth()));
        config.put("padding", window.padding() == Padding.SAME ? "same" : "valid");
    }

    private Map<String, Object> dataFormat() {
        config.put("data_format", "channels_last");
        return config;
    }

    private Map<String, Object> activation(String function) {
        config.put("activation", function);
        return config;
    }

    /** How the weights began, and that nothing restrains them. */
    private Map<String, Object> weights(String kernel, KernelInitializer start, boolean useBias) {
        config.put("use_bias", useBias);
        config.put(kernel + "_initializer", initializer(LayerConfig.kerasClass(start)));
        config.put("bias_initializer", initializer("Zeros"));
        config.put(kernel + "_regularizer", null);
        config.put("bias_regularizer", null);
        config.put("activity_regularizer", null);
        config.put(kernel + "_constraint", null);
        config.put("bias_constraint", null);
        return config;
    }

    private static Map<String, Object> initializer(String name) {
        Map<String, Object> initializer = new LinkedHashMap<>();
        initializer.put("class_name", name);
        initializer.put("config", Map.of());
        return initializer;
    }

    private static List<Integer> batch(Shape shape) {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(null);
        sizes.addAll(shape.sizes());
        return sizes;
    }
}
