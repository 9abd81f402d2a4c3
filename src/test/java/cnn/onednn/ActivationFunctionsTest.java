package cnn.onednn;

import static cnn.network.ActivationFunction.LINEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.ForwardPass;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Rescaling;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.program.ClassGradient;
import cnn.program.NaiveForwardPass;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every activation function: by itself, behind convolutions and dense layers, and its derivative. */
class ActivationFunctionsTest {
    private static final Weights WEIGHTS = RandomNetworks.weights(1);
    /** None where a function has a kink. */
    private static final float[] NUMBERS = {
        -9.3f, -4.1f, -3.2f, -2.9f, -1.7f, -1.1f, -0.9f, -0.6f, -0.3f, -0.01f, 0.02f, 0.4f, 0.55f, 0.8f, 1.2f, 2.7f,
        3.3f, 3.9f, 4.2f, 5.8f, 6.4f, 8.1f, 11.5f, 14.2f
    };

    static Stream<ActivationFunction> functions() {
        return Stream.concat(
                ActivationFunction.names().stream().sorted().map(name -> ActivationFunction.named(name)
                        .orElseThrow()),
                Stream.of(
                        ActivationFunction.HARD_SIGMOID_OF_KERAS_2,
                        ActivationFunction.leakyRelu(-0.4),
                        ActivationFunction.elu(0.7),
                        ActivationFunction.relu(4, 0, 0),
                        ActivationFunction.relu(4, 0.1, 0),
                        ActivationFunction.relu(Double.POSITIVE_INFINITY, 0.1, 0.2),
                        ActivationFunction.relu(5, 0.3, 1)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void endsLayersOfEveryKind(ActivationFunction function) {
        for (int channels : new int[] {3, 16}) {
            Shape shape = Shape.of(4, 2, channels);
            compare(shape, new Activation(function));
            compare(shape, new Conv2D(5, Window.of(3, 1, Padding.SAME), true, function));
            compare(shape, new DepthwiseConv2D(Window.of(3, 1, Padding.SAME), 1, true, function));
            compare(Shape.of(channels), new Dense(5, true, function));
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void followsLayersThatAreGivenInPart(ActivationFunction function) {
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(4, 2, 3));
        builder.add("convolution", new Conv2D(6, Window.of(2, 1, Padding.SAME), true, function), "input");
        builder.add("first", new Activation(function), "convolution");
        builder.add("second", new Activation(function), "first");
        compare(builder.build("second"), List.of("second"), 0.5f);
        compare(builder.build("second"), List.of("second", "convolution", "first"), 0.5f);
    }

    /** As in MobileNetV3, whose gates are a sum, a cut and a product; and cuts one after the other. */
    @Test
    void followEachOtherWithNumbersOfTheirOwn() {
        List<Layer> gate =
                List.of(new Rescaling(1, 3), new Activation(ActivationFunction.RELU6), new Rescaling(1.0 / 6, 0));
        List<Layer> cuts = List.of(
                new Activation(ActivationFunction.relu(4, 0, 0)),
                new Rescaling(-1, 1),
                new Activation(ActivationFunction.named("hard_tanh").orElseThrow()),
                new Activation(ActivationFunction.elu(0.3)),
                new Activation(ActivationFunction.elu(0.9)));
        for (List<Layer> layers : List.of(gate, cuts)) {
            for (int channels : new int[] {3, 16}) {
                Shape shape = Shape.of(4, 2, channels);
                follow(shape, new Conv2D(channels, Window.of(1, 1, Padding.SAME), true, LINEAR), layers);
                follow(shape, new Conv2D(5, Window.of(3, 1, Padding.SAME), true, LINEAR), layers);
                follow(shape, new DepthwiseConv2D(Window.of(3, 1, Padding.SAME), 1, true, LINEAR), layers);
                follow(Shape.of(channels), new Dense(5, true, LINEAR), layers);
            }
        }
    }

    private static void follow(Shape shape, Layer first, List<Layer> layers) {
        NetworkBuilder builder = Network.builder("network", "input", shape);
        String x = builder.add("first", first, "input");
        for (Layer layer : layers) {
            x = builder.addUnnamed("next", layer, x);
        }
        compare(builder.build(x), List.of(x), 0.5f);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void isDerivedAsByCentralDifferences(ActivationFunction function) {
        double step = 1e-4;
        Network network = derived(function, ActivationFunction.SOFTMAX);
        Network linear = derived(function, ActivationFunction.LINEAR);
        float[] gradient;
        try (ClassGradient ofClass = new OneDnn(Precision.FP32).gradient(network, WEIGHTS)) {
            gradient = ofClass.of(FloatBuffer.wrap(NUMBERS), 1);
        }
        for (int i = 0; i < NUMBERS.length; i++) {
            float[] ahead = NUMBERS.clone();
            ahead[i] += (float) step;
            float[] behind = NUMBERS.clone();
            behind[i] -= (float) step;
            double difference = logit(linear, ahead) - logit(linear, behind);
            double expected = difference / ((double) ahead[i] - behind[i]);
            assertThat((double) gradient[i])
                    .as("at %s", NUMBERS[i])
                    .isCloseTo(expected, within(1e-4 * Math.max(1, Math.abs(expected))));
        }
    }

    private static Network derived(ActivationFunction function, ActivationFunction end) {
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(NUMBERS.length));
        builder.add("function", new Activation(function), "input");
        return builder.build(builder.add("classes", new Dense(2, true, end), "function"));
    }

    private static double logit(Network network, float[] input) {
        return NaiveForwardPass.run(network, WEIGHTS, input).get("classes")[1];
    }

    private static void compare(Shape input, Layer layer) {
        NetworkBuilder builder = Network.builder("network", "input", input);
        compare(builder.build(builder.add("layer", layer, "input")), List.of("layer"), 4);
    }

    private static void compare(Network network, List<String> outputs, float scale) {
        float[] image = RandomNetworks.images(3, network, 1);
        for (int i = 0; i < image.length; i++) {
            image[i] *= scale;
        }
        Map<String, double[]> defined = NaiveForwardPass.run(network, WEIGHTS, image);
        try (ForwardPass pass = CompiledNetwork.compile(network, WEIGHTS, outputs, Precision.FP32, 1)) {
            List<float[]> computed = pass.run(FloatBuffer.wrap(image), 1);
            for (int k = 0; k < outputs.size(); k++) {
                double[] expected = defined.get(outputs.get(k));
                for (int i = 0; i < expected.length; i++) {
                    assertThat((double) computed.get(k)[i])
                            .as("%s, number %d", outputs.get(k), i)
                            .isCloseTo(expected[i], within(2e-5 * Math.max(1, Math.abs(expected[i]))));
                }
            }
        }
    }
}
