package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.Node;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledNetworkTest {
    private static final long SEED = 5;

    @Test
    void oneCompiledNetworkTakesAnyNumberOfImages() {
        for (long seed = 0; seed < 60; seed++) {
            Network network = RandomNetworks.network(seed);
            float[] images = RandomNetworks.images(seed, network, 7);
            int elements = images.length / 7;
            try (CompiledNetwork compiled = compile(network, seed, 2)) {
                float[] all = run(compiled, images, 7);
                for (int count : new int[] {1, 2, 3, 4, 5, 6, 1}) {
                    float[] some = run(compiled, Arrays.copyOf(images, count * elements), count);
                    float[] expected = Arrays.copyOf(all, some.length);
                    assertThat(difference(some, expected))
                            .as("seed %d, %d images", seed, count)
                            .isLessThan(2e-5);
                }
            }
        }
    }

    @Test
    void sameImagesGiveTheSameBits() {
        Network network = mobileNet();
        float[] images = RandomNetworks.images(SEED, network, 3);
        try (CompiledNetwork compiled = compile(network, SEED, 3)) {
            assertThat(run(compiled, images, 3)).isEqualTo(run(compiled, images, 3));
        }
    }

    @Test
    void anImageGivesNearlyTheSameAloneAndInABatch() {
        for (Network network : List.of(mobileNet(), resNet50())) {
            float[] images = RandomNetworks.images(SEED, network, 7);
            int elements = images.length / 7;
            try (CompiledNetwork compiled = compile(network, SEED, 7)) {
                float[] batch = run(compiled, images, 7);
                for (int image = 0; image < 7; image++) {
                    float[] pixels = Arrays.copyOfRange(images, image * elements, (image + 1) * elements);
                    float[] alone = run(compiled, pixels, 1);
                    float[] within = Arrays.copyOfRange(batch, image * alone.length, (image + 1) * alone.length);
                    assertThat(difference(alone, within))
                            .as("%s, image %d", network.name(), image)
                            .isLessThan(1e-5);
                }
            }
        }
    }

    @Test
    void takesDirectBuffersAndStartsAtTheirPosition() {
        Network network = RandomNetworks.network(SEED);
        float[] images = RandomNetworks.images(SEED, network, 2);
        FloatBuffer direct = ByteBuffer.allocateDirect((images.length + 3) * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        direct.position(2).mark().put(images).reset();
        try (CompiledNetwork compiled = compile(network, SEED, 2)) {
            assertThat(compiled.run(direct, 2).get(0)).isEqualTo(run(compiled, images, 2));
            assertThat(direct.position()).isEqualTo(2);
        }
    }

    @Test
    void givesOutputsInTheOrderAskedFor() {
        Network network = mobileNet();
        List<String> layers = List.of("conv_pw_3_relu", "input_1", "conv1_bn", "conv_pw_3_relu");
        List<String> known = layers.stream()
                .filter(layer -> RandomNetworks.names(network).contains(layer))
                .toList();
        try (CompiledNetwork compiled =
                CompiledNetwork.compile(network, RandomNetworks.weights(SEED), known, Precision.FP32, 1)) {
            assertThat(compiled.outputs().stream().map(Node::name)).isEqualTo(known);
            List<float[]> values = compiled.run(FloatBuffer.wrap(RandomNetworks.images(SEED, network, 1)), 1);
            for (int i = 0; i < known.size(); i++) {
                assertThat(values.get(i))
                        .hasSize((int) network.node(known.get(i)).outputShape().elements());
            }
        }
    }

    @Test
    void closingFreesAllNativeMemory() {
        CompiledNetwork compiled = compile(mobileNet(), SEED, 1);
        run(compiled, RandomNetworks.images(SEED, mobileNet(), 2), 2);
        long peak = compiled.peakNativeBytes();
        assertThat(compiled.nativeBytes()).isPositive().isLessThanOrEqualTo(peak);
        compiled.close();
        compiled.close();
        assertThat(compiled.nativeBytes()).isZero();
        assertThat(compiled.peakNativeBytes()).isEqualTo(peak);
    }

    @Test
    void refusesToRunOnceClosed() {
        Network network = RandomNetworks.network(SEED);
        CompiledNetwork compiled = compile(network, SEED, 1);
        compiled.close();
        FloatBuffer images = FloatBuffer.wrap(RandomNetworks.images(SEED, network, 1));
        assertThatThrownBy(() -> compiled.run(images, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesALayerThatIsNotThere() {
        assertThatThrownBy(() -> CompiledNetwork.compile(
                        mobileNet(), RandomNetworks.weights(SEED), List.of("conv_99"), Precision.FP32, 1))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("conv_99");
    }

    @Test
    void bfloat16StaysNearFloat() {
        assumeTrue(OneDnn.supports(Precision.BF16), "this CPU has no bfloat16");
        for (long seed = 0; seed < 60; seed++) {
            Network network = RandomNetworks.network(seed);
            List<String> outputs = List.of(network.output().name());
            // 8 bits of mantissa, twenty layers or so
            CompiledNetworkRandomTest.compare(seed, network, outputs, 2, Precision.BF16, 0.1);
        }
    }

    private static Network mobileNet() {
        return Zoo.named("mobilenet").forms().get(0).build(Options.withTop(96, 96));
    }

    private static Network resNet50() {
        return Zoo.named("resnet50").forms().get(0).build(Options.withTop(64, 64));
    }

    /** To the features, if the network has a global pooling; made-up weights drive probabilities to 0 and 1. */
    private static CompiledNetwork compile(Network network, long seed, int images) {
        String output = network.nodes().stream()
                .filter(node -> node.layer() instanceof GlobalPooling2D)
                .findFirst()
                .orElse(network.output())
                .name();
        return CompiledNetwork.compile(network, RandomNetworks.weights(seed), List.of(output), Precision.FP32, images);
    }

    private static float[] run(CompiledNetwork compiled, float[] images, int count) {
        return compiled.run(FloatBuffer.wrap(images), count).get(0);
    }

    /** The largest difference, relative to the largest number. */
    private static double difference(float[] actual, float[] expected) {
        double worst = 0;
        double largest = 1e-3;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return worst / largest;
    }
}
