package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.Conv2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.program.NaiveForwardPass;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Padding that no window takes upon itself lies in memory, where it has to be zero in every run. */
class PaddingMemoryTest {
    private static final Window THREE = Window.of(3, 1, Padding.SAME);
    private static final int SEED = 3;

    @Test
    void plansForOtherNumbersOfImagesLeaveThePaddingZero() {
        NetworkBuilder builder = Network.builder("padded", "input", Shape.of(9, 7, 3));
        String first = builder.add("first", convolution(ActivationFunction.TANH), "input");
        String padding = builder.add("padding", new ZeroPadding2D(new Pads(2, 1, 1, 3)), first);
        String tanh = builder.add("tanh", new Activation(ActivationFunction.TANH), padding);
        Network network = builder.build(builder.add("last", convolution(ActivationFunction.TANH), tanh));
        assertSameBits(network, "last");
    }

    @Test
    void aSumIntoPaddedMemoryLeavesItZeroForTheNextRun() {
        NetworkBuilder builder = Network.builder("sum", "input", Shape.of(9, 7, 8));
        String padding = builder.add("padding", new ZeroPadding2D(new Pads(1, 1, 1, 1)), "input");
        String wide = builder.add("wide", new ZeroPadding2D(new Pads(2, 2, 2, 2)), "input");
        Window valid = Window.of(3, 1, Padding.VALID);
        String conv = builder.add("conv", new Conv2D(8, valid, true, ActivationFunction.LINEAR), wide);
        Network network = builder.build(builder.add("sum", new Add(), padding, conv));
        assertSameBits(network, "sum");
    }

    @Test
    void aFunctionThatIsNotZeroAtZeroLeavesThePaddingZeroForTheNextRun() {
        NetworkBuilder builder = Network.builder("sigmoid", "input", Shape.of(4, 5, 3));
        String padding = builder.add("padding", new ZeroPadding2D(new Pads(1, 1, 1, 1)), "input");
        Network network = builder.build(builder.add("sigmoid", new Activation(ActivationFunction.SIGMOID), padding));
        assertSameBits(network, "sigmoid");
    }

    /** Runs 2, 7 and 2 images, each twice; all answers for 2 images must be what a fresh network gives. */
    private static void assertSameBits(Network network, String output) {
        Weights weights = RandomNetworks.weights(SEED);
        float[] seven = RandomNetworks.images(SEED, network, 7);
        float[] two = Arrays.copyOf(seven, seven.length / 7 * 2);
        double[] naive = NaiveForwardPass.run(network, weights, Arrays.copyOf(seven, seven.length / 7))
                .get(output);
        try (CompiledNetwork compiled = CompiledNetwork.compile(network, weights, List.of(output), Precision.FP32, 2)) {
            float[] fresh = run(compiled, two, 2);
            for (int i = 0; i < naive.length; i++) {
                assertThat((double) fresh[i]).isBetween(naive[i] - 1e-4, naive[i] + 1e-4);
            }
            assertThat(run(compiled, two, 2)).as("again").isEqualTo(fresh);
            float[] all = run(compiled, seven, 7);
            assertThat(run(compiled, seven, 7)).as("7 again").isEqualTo(all);
            assertThat(run(compiled, two, 2)).as("after 7").isEqualTo(fresh);
            assertThat(run(compiled, seven, 7)).as("7 after 2").isEqualTo(all);
        }
    }

    private static float[] run(CompiledNetwork compiled, float[] images, int count) {
        return compiled.run(FloatBuffer.wrap(images), count).get(0);
    }

    private static Conv2D convolution(ActivationFunction activation) {
        return new Conv2D(20, THREE, true, activation);
    }
}
