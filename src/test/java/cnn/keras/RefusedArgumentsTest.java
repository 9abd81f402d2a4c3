package cnn.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Arguments;
import cnn.network.Conv2DTranspose;
import cnn.network.KerasType;
import cnn.network.Layer;
import cnn.network.Origin;
import cnn.network.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Arguments of layers that mean something else than what would be computed: refused by name, never passed over. */
class RefusedArgumentsTest {
    private static final Shape MAP = Shape.of(6, 6, 4);

    @ParameterizedTest
    @EnumSource
    void whatALayerDoesNotKnowIsNamed(KerasType type) {
        Map<String, Object> arguments = sound();
        arguments.put("wings", 2);
        Shape input = type == KerasType.DOT ? Shape.of(4) : MAP;
        boolean passes = type.toString().matches("Random.*|Identity|ActivityRegularization|StochasticDepth");
        if (passes) {
            assertThat(read(type, arguments, input, Origin.UNKNOWN).arguments()).containsEntry("wings", 2);
        } else {
            assertThatThrownBy(() -> read(type, arguments, input, Origin.UNKNOWN))
                    .isInstanceOfSatisfying(
                            UserError.class, e -> assertThat(e.kind()).isEqualTo(UserError.Kind.WEIGHTS))
                    .hasMessageContaining("layer x: ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UP_SAMPLING2D|interpolation|bicubic|interpolation bicubic",
                "LAYER_NORMALIZATION|rms_scaling|true|rms_scaling true",
                "LAYER_NORMALIZATION|axis|2|axis 2",
                "GROUP_NORMALIZATION|axis|2|axis 2",
                "SEPARABLE_CONV2D|groups|2|groups 2",
                "DEPTHWISE_CONV2D|padding|causal|padding causal",
                "CONV2D_TRANSPOSE|output_padding|1|argument output_padding",
                "SOFTMAX|axis|4|axis 4",
                "CONCATENATE|axis|0|axis 0",
                "NORMALIZATION|axis|1|axis 1",
                "PRELU|shared_axes|4|shared_axes 4",
                "DOT|axes|2|axes 2"
            })
    void whatALayerCannotDoIsNamed(KerasType type, String argument, String value, String message) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        sound().forEach((name, sound) -> {
            if (!name.equals("rate") && !name.equals("units") && !name.equals("dims")) {
                arguments.put(name, sound);
            }
        });
        arguments.put(argument, value.matches("\\d+") ? Integer.valueOf(value) : value.equals("true") ? true : value);
        Shape input = type == KerasType.DOT ? Shape.of(4) : MAP;
        assertThatThrownBy(() -> read(type, arguments, input, Origin.UNKNOWN))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer x: " + message + " is not supported");
    }

    @Test
    void hardSigmoidIsThatOfItsGenerationOfKeras() {
        Map<String, Object> arguments = Map.of("activation", "hard_sigmoid");
        assertThat(read(KerasType.ACTIVATION, arguments, MAP, Origin.of("3.8.0", Optional.empty())))
                .isEqualTo(new Activation(ActivationFunction.HARD_SIGMOID, KerasType.ACTIVATION));
        assertThat(read(KerasType.ACTIVATION, arguments, MAP, Origin.of("2.15.0", Optional.empty())))
                .isEqualTo(new Activation(ActivationFunction.HARD_SIGMOID_OF_KERAS_2, KerasType.ACTIVATION));
    }

    /** Of 3 cells, one of which lies behind the stride, TensorFlow cuts off the last and torch the first. */
    @Test
    void transposedConvolutionsCutOffWhatTheirBackendDoes() {
        Map<String, Object> arguments = Map.of("filters", 2, "kernel_size", 3, "strides", 2, "padding", "same");
        assertThat(transposed(arguments, "tensorflow").moreInFront()).isFalse();
        assertThat(transposed(arguments, "torch").moreInFront()).isTrue();
        assertThatThrownBy(() -> read(KerasType.CONV2D_TRANSPOSE, arguments, MAP, Origin.UNKNOWN))
                .hasMessageContaining("layer x: padding same with a kernel of 3 and stride 2");
    }

    private static Conv2DTranspose transposed(Map<String, Object> arguments, String backend) {
        return (Conv2DTranspose) read(KerasType.CONV2D_TRANSPOSE, arguments, MAP, new Origin(3, Optional.of(backend)));
    }

    private static Layer read(KerasType type, Map<String, Object> arguments, Shape input, Origin origin) {
        return type.read(new Arguments("x", arguments, origin), input);
    }

    /** What layers must have, of all kinds together. */
    private static Map<String, Object> sound() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("filters", 4);
        arguments.put("kernel_size", 2);
        return arguments;
    }
}
