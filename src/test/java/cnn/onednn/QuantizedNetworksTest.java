package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Cropping2D;
import cnn.network.Dropout;
import cnn.network.ForwardPass;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.PReLU;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Permute;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.UpSampling2D;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.program.FloatStep;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RandomNetworks;
import cnn.program.RangeMethod;
import cnn.program.Ranges;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuantizedNetworksTest {
    private static final long SEED = 5;
    private static final List<String> FAMILIES =
            List.of("mobilenet", "resnet50", "mobilenetv2-1.0", "mobilenetv3-small-1.0");

    @BeforeEach
    void needsSuchAProcessor() {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
    }

    @Test
    void randomNetworksStayNearFloat() {
        double noise = 0;
        for (long seed = 0; seed < 60; seed++) {
            Network network = RandomNetworks.network(seed);
            float[] images = RandomNetworks.images(seed, network, 2);
            float[] exact = run(new OneDnn(Precision.FP32), network, seed, images, 2);
            float[] computed = run(quantized(network, seed, images), network, seed, images, 2);
            double relative = noise(exact, computed);
            assertThat(relative).as("seed %d", seed).isLessThan(0.3);
            noise += relative * relative / 60;
        }
        assertThat(Math.sqrt(noise)).isLessThan(0.05);
    }

    @Test
    void eachLayerOfRandomNetworksStaysNearFloat() {
        for (long seed = 0; seed < 30; seed++) {
            Network network = RandomNetworks.network(seed);
            float[] images = RandomNetworks.images(seed, network, 1);
            List<String> layers = RandomNetworks.names(network);
            OneDnn int8 = quantized(network, seed, images);
            try (ForwardPass floats =
                            new OneDnn(Precision.FP32).compile(network, RandomNetworks.weights(seed), layers, 1);
                    ForwardPass whole = int8.compile(network, RandomNetworks.weights(seed), layers, 1)) {
                List<float[]> exact = floats.run(FloatBuffer.wrap(images), 1);
                List<float[]> computed = whole.run(FloatBuffer.wrap(images), 1);
                for (int i = 0; i < layers.size(); i++) {
                    assertThat(noise(exact.get(i), computed.get(i)))
                            .as("seed %d, %s", seed, layers.get(i))
                            .isLessThan(0.3);
                }
            }
        }
    }

    @Test
    void whatLiesBetweenConvolutionsStaysNearFloat() {
        List<Layer> layers = List.of(
                new UpSampling2D(2, 2, true),
                new UpSampling2D(2, 3, false),
                new Cropping2D(new Pads(1, 2, 0, 1)),
                new ZeroPadding2D(new Pads(3, 0, 1, 4)),
                new Permute(List.of(2, 1, 3)),
                new Reshape(Shape.of(4, 16, 20)),
                new Pooling2D(Pooling.MAX, Window.of(3, 2, Padding.SAME)),
                new Pooling2D(Pooling.AVERAGE, Window.of(3, 1, Padding.SAME)),
                new Activation(ActivationFunction.RELU6),
                new Activation(ActivationFunction.TANH),
                new Activation(ActivationFunction.SWISH),
                new PReLU(List.of(1, 2)),
                new Dropout(0.5));
        for (Layer layer : layers) {
            for (ActivationFunction function : List.of(ActivationFunction.LINEAR, ActivationFunction.RELU)) {
                NetworkBuilder builder = Network.builder("between", "input", Shape.of(8, 8, 3));
                Window window = Window.of(3, 1, Padding.SAME);
                String first = builder.add("first", new Conv2D(20, window, true, function), "input");
                String between = builder.add("between", layer, first);
                String last = builder.add("last", new Conv2D(8, window, true, ActivationFunction.LINEAR), between);
                Network network = builder.build(last);
                float[] images = RandomNetworks.images(SEED, network, 2);
                float[] exact = run(new OneDnn(Precision.FP32), network, SEED, images, 2);
                float[] computed = run(quantized(network, SEED, images), network, SEED, images, 2);
                assertThat(noise(exact, computed))
                        .as("%s after %s", layer, function)
                        .isLessThan(0.03);
            }
        }
    }

    @Test
    void batchesMakeNoDifference() {
        for (String family : FAMILIES) {
            Network network = Zoo.named(family).forms().get(0).build(Options.withTop(64, 64));
            float[] images = RandomNetworks.images(SEED, network, 16);
            int elements = images.length / 16;
            OneDnn int8 = quantized(network, SEED, Arrays.copyOf(images, 2 * elements));
            float[] all = run(int8, network, SEED, images, 16);
            for (int batch : new int[] {1, 3}) {
                float[] some = run(int8, network, SEED, Arrays.copyOf(images, batch * elements), batch);
                assertThat(Arrays.equals(some, Arrays.copyOf(all, some.length)))
                        .as("%s, %d images, off by %s", family, batch, noise(Arrays.copyOf(all, some.length), some))
                        .isTrue();
            }
        }
    }

    @Test
    void manySizesOfBatchesShareWhatIsPacked() {
        Network network = Zoo.named("mobilenet").forms().get(0).build(Options.withTop(64, 64));
        float[] images = RandomNetworks.images(SEED, network, 5);
        int elements = images.length / 5;
        OneDnn int8 = quantized(network, SEED, images);
        try (ForwardPass pass = int8.compile(network, RandomNetworks.weights(SEED), outputs(network), 2)) {
            float[] all = pass.run(FloatBuffer.wrap(images), 5).get(0);
            for (int count : new int[] {1, 2, 3, 4, 1}) {
                float[] some = pass.run(FloatBuffer.wrap(images, 0, count * elements), count)
                        .get(0);
                assertThat(Arrays.equals(some, Arrays.copyOf(all, some.length)))
                        .as("%d images, off by %s", count, noise(Arrays.copyOf(all, some.length), some))
                        .isTrue();
            }
        }
    }

    @Test
    void layersStayFloatWhereAskedAndAreListed() {
        Network network = Zoo.named("mobilenet").forms().get(0).build(Options.withTop(64, 64));
        float[] images = RandomNetworks.images(SEED, network, 1);
        Ranges ranges = CalibrationPassTest.ranges(SEED, network, RangeMethod.MINMAX, images, 1);
        OneDnn some = new OneDnn(Precision.INT8, Optional.of(new Quantization(ranges, Set.of("conv1", "conv_dw_2"))));
        assertThat(some.inFloat(network, outputs(network)))
                .extracting(FloatStep::layer)
                .containsExactly("conv1", "conv_dw_2");
        Set<String> all = Set.copyOf(RandomNetworks.names(network));
        OneDnn none = new OneDnn(Precision.INT8, Optional.of(new Quantization(ranges, all)));
        float[] exact = run(new OneDnn(Precision.FP32), network, SEED, images, 1);
        assertThat(noise(exact, run(none, network, SEED, images, 1))).isLessThan(1e-5);
        assertThat(noise(exact, run(some, network, SEED, images, 1))).isBetween(1e-5, 0.3);
    }

    @Test
    void whatHasNoRangeStaysFloat() {
        Network network = Zoo.named("mobilenet").forms().get(0).build(Options.withTop(64, 64));
        float[] images = RandomNetworks.images(SEED, network, 1);
        OneDnn none = new OneDnn(Precision.INT8, Optional.of(new Quantization(new Ranges(Map.of()), Set.of())));
        assertThat(none.inFloat(network, outputs(network))).hasSize(28).allMatch(step -> step.reason()
                .startsWith("no range for "));
        float[] exact = run(new OneDnn(Precision.FP32), network, SEED, images, 1);
        assertThat(noise(exact, run(none, network, SEED, images, 1))).isLessThan(1e-5);
    }

    @Test
    void withoutRangesItSaysWhatMakesThem() {
        Network network = RandomNetworks.network(1);
        assertThatThrownBy(() ->
                        new OneDnn(Precision.INT8).compile(network, RandomNetworks.weights(1), outputs(network), 1))
                .isInstanceOf(UserError.class)
                .hasMessage("no int8 ranges for random1; make them with cnn quantize");
    }

    @Test
    void rangesArePartOfTheArithmetic() {
        Network network = RandomNetworks.network(1);
        float[] images = RandomNetworks.images(1, network, 2);
        Ranges ranges = CalibrationPassTest.ranges(1, network, RangeMethod.MINMAX, images, 1);
        OneDnn one = new OneDnn(Precision.INT8, Optional.of(new Quantization(ranges, Set.of())));
        OneDnn other = new OneDnn(Precision.INT8, Optional.of(new Quantization(ranges, Set.of("x"))));
        assertThat(one.arithmetic()).isNotEqualTo(other.arithmetic()).startsWith("arithmetic 1, int8 ");
        assertThat(one.arithmetic()).isEqualTo(quantized(network, 1, images).arithmetic());
    }

    @Test
    void takesAQuarterOfTheMemoryAndGivesItBack() {
        Network network = Zoo.named("mobilenet").forms().get(0).build(Options.withTop(64, 64));
        float[] images = RandomNetworks.images(SEED, network, 1);
        Quantization quantization =
                quantized(network, SEED, images).quantization().orElseThrow();
        try (CompiledNetwork floats =
                CompiledNetwork.compile(network, RandomNetworks.weights(SEED), outputs(network), Precision.FP32, 1)) {
            CompiledNetwork whole = CompiledNetwork.compile(
                    network,
                    RandomNetworks.weights(SEED),
                    outputs(network),
                    Precision.INT8,
                    Optional.of(quantization),
                    Optional.empty(),
                    1);
            assertThat((double) whole.nativeBytes()).isLessThan(0.3 * floats.nativeBytes());
            whole.close();
            assertThat(whole.nativeBytes()).isZero();
        }
    }

    private static OneDnn quantized(Network network, long seed, float[] images) {
        Ranges ranges = CalibrationPassTest.ranges(seed, network, RangeMethod.MINMAX, images, 1);
        return (OneDnn) new OneDnn(Precision.FP32).quantized(new Quantization(ranges, Set.of()));
    }

    private static float[] run(OneDnn engine, Network network, long seed, float[] images, int count) {
        try (ForwardPass pass = engine.compile(network, RandomNetworks.weights(seed), outputs(network), count)) {
            return pass.run(FloatBuffer.wrap(images), count).get(0);
        }
    }

    private static List<String> outputs(Network network) {
        return List.of(network.output().name());
    }

    /** Root mean square of the difference, of that of the numbers. */
    private static double noise(float[] exact, float[] computed) {
        double signal = 1e-12;
        double noise = 0;
        for (int i = 0; i < exact.length; i++) {
            signal += (double) exact[i] * exact[i];
            noise += ((double) exact[i] - computed[i]) * (exact[i] - computed[i]);
        }
        return Math.sqrt(noise / signal);
    }
}
