package cnn.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Cropping2D;
import cnn.network.ForwardPass;
import cnn.network.KerasType;
import cnn.network.Layer;
import cnn.network.LayerNormalization;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Noise;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.PassThrough;
import cnn.network.Rescaling;
import cnn.network.Shape;
import cnn.network.UpSampling2D;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.program.NaiveForwardPass;
import cnn.program.RandomNetworks;
import cnn.program.UnsupportedLayerException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers without weights as Deeplearning4j's own, against plain loops; what it has not is refused by name. */
class WeightlessLoweringTest {
    private static final Weights WEIGHTS = RandomNetworks.weights(4);

    static Stream<Layer> layers() {
        return Stream.of(
                new Cropping2D(new Pads(1, 0, 2, 1)),
                new UpSampling2D(2, 3, false),
                new Rescaling(0.25, 0),
                new Rescaling(1, -3),
                new Noise(Noise.Kind.SPATIAL_DROPOUT, 0.25),
                new Noise(Noise.Kind.GAUSSIAN_NOISE, 0.25),
                new Noise(Noise.Kind.GAUSSIAN_DROPOUT, 0.25),
                new Noise(Noise.Kind.ALPHA_DROPOUT, 0.25),
                new PassThrough(KerasType.RANDOM_FLIP, Map.of("mode", "horizontal")),
                new Merge(Merge.Operation.SUBTRACT),
                new Merge(Merge.Operation.MULTIPLY),
                new Merge(Merge.Operation.AVERAGE),
                new Merge(Merge.Operation.MAXIMUM));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isComputedAsDefined(Layer layer) {
        Network network = network(layer);
        float[] image = RandomNetworks.images(2, network, 1);
        double[] expected = NaiveForwardPass.run(network, WEIGHTS, image).get("layer");
        try (ForwardPass pass = Dl4jForwardPass.of(network, WEIGHTS, List.of("layer"))) {
            float[] computed = pass.run(FloatBuffer.wrap(image), 1).get(0);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) computed[i]).as("number %d", i).isCloseTo(expected[i], within(1e-5));
            }
        }
    }

    static Stream<Layer> others() {
        return Stream.of(
                new UpSampling2D(2, 2, true),
                new Merge(Merge.Operation.MINIMUM),
                new Rescaling(0.5, 1),
                new LayerNormalization(1e-3, true, true));
    }

    @ParameterizedTest
    @MethodSource("others")
    void isRefusedByName(Layer layer) {
        assertThatThrownBy(() -> Dl4jForwardPass.of(network(layer), WEIGHTS, List.of("layer")))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageStartingWith("layer layer: Deeplearning4j cannot compute ");
    }

    private static Network network(Layer layer) {
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(6, 5, 3));
        Window point = Window.of(1, 1, Padding.SAME);
        builder.add("first", new Conv2D(4, point, true, ActivationFunction.TANH), "input");
        builder.add("second", new Conv2D(4, point, true, ActivationFunction.LINEAR), "input");
        String[] inputs = layer instanceof Merge ? new String[] {"first", "second"} : new String[] {"first"};
        return builder.build(builder.add("layer", layer, inputs));
    }
}
