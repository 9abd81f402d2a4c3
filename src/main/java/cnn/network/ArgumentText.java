package cnn.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Arguments put together as Keras's {@code get_config()} lists them; values are texts, numbers, booleans, null, lists and maps. */
final class ArgumentText {
    private final Map<String, Object> arguments = new LinkedHashMap<>();

    ArgumentText with(String name, Object value) {
        arguments.put(name, value);
        return this;
    }

    ArgumentText none(String... names) {
        for (String name : names) {
            arguments.put(name, null);
        }
        return this;
    }

    ArgumentText kernel(Window window) {
        return with("kernel_size", List.of(window.kernelHeight(), window.kernelWidth()))
                .strides(window)
                .dataFormat()
                .with("dilation_rate", List.of(window.dilationHeight(), window.dilationWidth()));
    }

    ArgumentText strides(Window window) {
        return with("strides", List.of(window.strideHeight(), window.strideWidth()))
                .with("padding", window.padding() == Padding.SAME ? "same" : "valid");
    }

    ArgumentText dataFormat() {
        return with("data_format", "channels_last");
    }

    ArgumentText activation(ActivationFunction function) {
        return with("activation", function.isNamed() ? function.name() : Activation.asLayer(function));
    }

    ArgumentText pads(String name, Pads pads) {
        return with(name, List.of(List.of(pads.top(), pads.bottom()), List.of(pads.left(), pads.right())));
    }

    /** How the weights began, and that nothing restrains them. */
    ArgumentText weights(String kernel, KernelInitializer start, boolean useBias) {
        return with("use_bias", useBias)
                .initializer(kernel, start)
                .initializer("bias", "Zeros")
                .none(kernel + "_regularizer", "bias_regularizer", "activity_regularizer")
                .none(kernel + "_constraint", "bias_constraint");
    }

    ArgumentText initializer(String weight, KernelInitializer start) {
        return with(weight + "_initializer", start.written());
    }

    ArgumentText initializer(String weight, String kerasClass) {
        Map<String, Object> initializer = new LinkedHashMap<>();
        initializer.put("class_name", kerasClass);
        initializer.put("config", Map.of());
        return with(weight + "_initializer", initializer);
    }

    Map<String, Object> map() {
        return arguments;
    }
}
