package cnn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.UserError;
import cnn.model.Model;
import cnn.model.OpenModels;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.ForwardPass;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.onednn.CompiledNetwork;
import cnn.program.Precision;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GradCamTest {
    private static final RandomWeights WEIGHTS = new RandomWeights(3);

    @Test
    void weighsEachChannelByItsMeanGradientAndDropsWhatIsBelowZero() {
        // two places, two channels; mean gradients 2 and -1: sums 2*1 - 3 = -1, 2*4 - 2 = 6
        float[] heat = GradCam.weighed(new float[] {1, 3, 4, 2}, new float[] {1, 0, 3, -2}, 2);
        assertThat(heat).containsExactly(0, 1);
        assertThat(GradCam.weighed(new float[] {1, 1}, new float[] {-1, -1}, 1)).containsExactly(0, 0);
    }

    @Test
    void agreesWithCentralDifferencesOfTheLogit() {
        Network network = network(ActivationFunction.SOFTMAX);
        float[] image = image();
        for (int wanted = 0; wanted < 3; wanted++) {
            Heat heat;
            try (Model model = OpenModels.of(network, WEIGHTS);
                    GradCam gradCam = GradCam.open(model, Optional.of("map"))) {
                heat = gradCam.of(FloatBuffer.wrap(image), wanted);
            }
            float[] map = run(network.upTo("map"), image);
            float[] expected = GradCam.weighed(map, differences(map, wanted), 4);
            assertThat(heat.height()).isEqualTo(6);
            assertThat(heat.width()).isEqualTo(5);
            for (int i = 0; i < expected.length; i++) {
                assertThat(heat.values()[i]).as("class %d, place %d", wanted, i).isCloseTo(expected[i], within(0.01f));
            }
        }
    }

    @Test
    void looksAtTheLastLayerWithAMap() {
        try (Model model = OpenModels.of(network(ActivationFunction.SOFTMAX), WEIGHTS);
                GradCam gradCam = GradCam.open(model, Optional.empty())) {
            assertThat(gradCam.layer()).isEqualTo("last");
        }
    }

    @Test
    void refusesLayersThatGiveNoMap() {
        Network network = network(ActivationFunction.SOFTMAX);
        assertThatThrownBy(() -> GradCam.open(OpenModels.of(network, WEIGHTS), Optional.of("pool")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("gives no feature map but (4,); the last that does is last");
        assertThatThrownBy(() -> GradCam.open(OpenModels.of(network, WEIGHTS), Optional.of("conv9")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no layer 'conv9'");
    }

    @Test
    void interpolatesBetweenTheMiddlesOfPlaces() {
        Heat heat = new Heat(1, 2, new float[] {0, 1});
        assertThat(heat.at(0.5, 0.25)).isZero();
        assertThat(heat.at(0.5, 0.5)).isEqualTo(0.5f);
        assertThat(heat.at(0, 1)).isEqualTo(1);
        assertThat(new Heat(2, 1, new float[] {0, 1}).at(0.625, 0)).isEqualTo(0.75f);
    }

    private static float[] differences(float[] map, int wanted) {
        Network above = network(ActivationFunction.LINEAR).above("map");
        float step = 1f / 64;
        float[] gradient = new float[map.length];
        for (int i = 0; i < map.length; i++) {
            float[] ahead = map.clone();
            float[] behind = map.clone();
            ahead[i] += step;
            behind[i] -= step;
            gradient[i] = (run(above, ahead)[wanted] - run(above, behind)[wanted]) / (2 * step);
        }
        return gradient;
    }

    private static float[] run(Network network, float[] input) {
        List<String> outputs = List.of(network.output().name());
        try (ForwardPass pass = CompiledNetwork.compile(network, WEIGHTS, outputs, Precision.FP32, 1)) {
            return pass.run(FloatBuffer.wrap(input), 1).get(0);
        }
    }

    private static Network network(ActivationFunction output) {
        NetworkBuilder builder = Network.builder("small", "input", Shape.of(6, 5, 3));
        Window window = Window.of(3, 1, Padding.SAME);
        builder.add("conv", new Conv2D(4, window, true, ActivationFunction.LINEAR), "input");
        builder.add("map", new Activation(ActivationFunction.RELU), "conv");
        builder.add("last", new Conv2D(4, window, true, ActivationFunction.TANH), "map");
        builder.add("pool", new GlobalPooling2D(Pooling.AVERAGE), "last");
        builder.add("dense", new Dense(3, true, output), "pool");
        return builder.build("dense");
    }

    private static float[] image() {
        SplittableRandom random = new SplittableRandom(8);
        float[] image = new float[6 * 5 * 3];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextDouble(-1, 1);
        }
        return image;
    }
}
