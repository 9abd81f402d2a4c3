package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RandomNetworks;
import cnn.program.Range;
import cnn.program.RangeMethod;
import cnn.program.Ranges;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Layers in int8 against sums of whole numbers in plain loops. */
class WholeNumbersTest {

    private static int compared;

    @BeforeAll
    static void needsSuchAProcessor() {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
    }

    @Test
    void convolutionsAddUpWholeNumbersExactly() {
        compared = 0;
        for (long seed = 0; seed < 80; seed++) {
            Random random = new Random(seed);
            int channels = List.of(1, 3, 16, 20, 64).get(random.nextInt(5));
            Shape shape = Shape.of(3 + random.nextInt(12), 3 + random.nextInt(12), channels);
            Window window = Window.of(1 + 2 * random.nextInt(2), 1 + random.nextInt(2), Padding.SAME);
            Layer first = random.nextInt(3) == 0
                    ? new DepthwiseConv2D(window, 1, true, function(random))
                    : new Conv2D(List.of(8, 20, 32).get(random.nextInt(3)), window, true, function(random));
            Layer second = random.nextBoolean()
                    ? new DepthwiseConv2D(window, 1, true, ActivationFunction.LINEAR)
                    : new Conv2D(12, window, random.nextBoolean(), ActivationFunction.LINEAR);
            check(seed, shape, List.of(first, second));
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void denseLayersAddUpWholeNumbersExactly() {
        compared = 0;
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Layer first = new Dense(1 + random.nextInt(200), true, function(random));
            check(
                    seed,
                    Shape.of(1 + random.nextInt(300)),
                    List.of(first, new Dense(10, true, ActivationFunction.LINEAR)));
        }
        assertThat(compared).isGreaterThan(80);
    }

    private static ActivationFunction function(Random random) {
        return List.of(ActivationFunction.LINEAR, ActivationFunction.RELU, ActivationFunction.RELU6)
                .get(random.nextInt(3));
    }

    private static void check(long seed, Shape shape, List<Layer> layers) {
        NetworkBuilder builder = Network.builder("chain" + seed, "input", shape);
        String value = "input";
        for (int i = 0; i < layers.size(); i++) {
            value = builder.add("layer" + i, layers.get(i), value);
        }
        Network network = builder.build(value);
        float[] images = RandomNetworks.images(seed, network, 3);
        Ranges ranges = CalibrationPassTest.ranges(seed, network, RangeMethod.MINMAX, images, 1);
        Quantization quantization = new Quantization(ranges, Set.of());
        try (CompiledNetwork compiled = CompiledNetwork.compile(
                network,
                RandomNetworks.weights(seed),
                List.of(value),
                Precision.INT8,
                Optional.of(quantization),
                Optional.empty(),
                3)) {
            float[] computed = compiled.run(FloatBuffer.wrap(images), 3).get(0);
            int elements = images.length / 3;
            int results = computed.length / 3;
            for (int image = 0; image < 3; image++) {
                float[] pixels = Arrays.copyOfRange(images, image * elements, (image + 1) * elements);
                Optional<float[]> chain = chain(network, seed, ranges, pixels);
                if (chain.isEmpty()) {
                    continue;
                }
                compared++;
                float[] expected = chain.get();
                for (int i = 0; i < results; i++) {
                    float got = computed[image * results + i];
                    assertThat(Math.abs(got - expected[i]))
                            .as("seed %d, %s, image %d, number %d: %s is %s", seed, layers, image, i, got, expected[i])
                            .isLessThanOrEqualTo(10 * Math.ulp(Math.max(1, Math.abs(expected[i]))));
                }
            }
        }
    }

    /**
     * Whole numbers go in, and come out of each layer but the last; nothing if one lies so near the middle of two that it depends
     * on the order of operations.
     */
    private static Optional<float[]> chain(Network network, long seed, Ranges ranges, float[] pixels) {
        Node input = network.input();
        List<Node> nodes =
                network.nodes().stream().filter(node -> !node.equals(input)).toList();
        Range range = ranges.values().get(input.name());
        int[] whole = whole(pixels, range);
        for (Node node : nodes) {
            boolean isLast = node.equals(network.output());
            Range to = ranges.values().get(node.name());
            float[] results = WholeReference.of(node, RandomNetworks.weights(seed), scale(range), range.means())
                    .apply(whole, isLast ? 1 : scale(to));
            if (isLast) {
                return Optional.of(results);
            }
            whole = new int[results.length];
            for (int i = 0; i < whole.length; i++) {
                if (Math.abs(results[i] - Math.floor(results[i]) - 0.5) < 1e-4) {
                    return Optional.empty();
                }
                whole[i] = (int)
                        Math.max(to.low() < 0 ? -128 : 0, Math.min(to.low() < 0 ? 127 : 255, Math.rint(results[i])));
            }
            range = to;
        }
        throw new AssertionError("no layers");
    }

    private static int[] whole(float[] numbers, Range range) {
        int[] whole = new int[numbers.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) Math.rint(numbers[i] * (float) (1 / scale(range)));
        }
        return whole;
    }

    private static double scale(Range range) {
        return range.low() < 0 ? Math.max(-range.low(), range.high()) / 127.0 : range.high() / 255.0;
    }
}
