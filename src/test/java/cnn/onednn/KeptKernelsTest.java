package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.WeightRole;
import cnn.network.Weights;
import cnn.program.Backend;
import cnn.program.KeptWeights;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RandomNetworks;
import cnn.program.RangeMethod;
import cnn.program.Ranges;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptKernelsTest {
    private static final long SEED = 5;
    private static final Network NETWORK =
            Zoo.named("mobilenet-0.25").forms().get(0).build(Options.withTop(32, 32));

    @TempDir
    Path folder;

    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void needsSuchAProcessor() {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
    }

    @Test
    void anotherRunReadsNoKernels() {
        for (String family : List.of("mobilenet-0.25", "resnet50", "efficientnet-b0", "mobilenetv3-small-1.0")) {
            Network network = Zoo.named(family).forms().get(0).build(Options.withTop(32, 32));
            Backend engine = engine(network, RangeMethod.MINMAX, family + " 1");
            float[] first = run(engine, network, 1);
            assertThat(read).isNotEmpty();
            read.clear();
            assertThat(Arrays.equals(run(engine, network, 1), first)).as(family).isTrue();
            assertThat(read).as(family).isEmpty();
        }
    }

    @Test
    void otherNumbersOfImagesHaveTheSameAnswers() {
        Backend engine = engine(NETWORK, RangeMethod.MINMAX, "1");
        float[] made = run(engine, NETWORK, 3);
        assertThat(Arrays.equals(run(engine, NETWORK, 3), made)).isTrue();
        assertThat(Arrays.equals(run(engine, NETWORK, 1), Arrays.copyOf(made, made.length / 3)))
                .isTrue();
        read.clear();
        run(engine, NETWORK, 1);
        run(engine, NETWORK, 3);
        assertThat(read).isEmpty();
    }

    @Test
    void kernelsOfOtherWeightsAndRangesAreMadeAnew() {
        run(engine(NETWORK, RangeMethod.MINMAX, "1"), NETWORK, 1);
        for (Backend other :
                List.of(engine(NETWORK, RangeMethod.MINMAX, "2"), engine(NETWORK, RangeMethod.ENTROPY, "1"))) {
            read.clear();
            run(other, NETWORK, 1);
            assertThat(read).isNotEmpty();
            read.clear();
            run(other, NETWORK, 1);
            assertThat(read).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsMadeAnew() throws IOException {
        Backend engine = engine(NETWORK, RangeMethod.MINMAX, "1");
        float[] right = run(engine, NETWORK, 1);
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (damaged.length == whole.length) {
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file(), damaged);
            assertThat(Arrays.equals(run(engine, NETWORK, 1), right))
                    .as("damage %d", i)
                    .isTrue();
        }
    }

    @Test
    void whereNothingCanBeKeptAllIsComputed() throws IOException {
        Backend engine = engine(NETWORK, RangeMethod.MINMAX, "1");
        Files.createDirectories(file().resolve("in the way"));
        float[] first = run(engine, NETWORK, 1);
        assertThat(Arrays.equals(run(engine, NETWORK, 1), first)).isTrue();
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file());
        }
    }

    private Path file() {
        return folder.resolve("some.kernels");
    }

    private Backend engine(Network network, RangeMethod method, String identity) {
        float[] seen = RandomNetworks.images(SEED, network, 1);
        Ranges ranges = CalibrationPassTest.ranges(SEED, network, method, seen, 1);
        return new OneDnn(Precision.FP32)
                .quantized(new Quantization(ranges, Set.of()))
                .keeping(new KeptWeights(file(), identity));
    }

    /** Notes which kernels are read. */
    private float[] run(Backend engine, Network network, int count) {
        Weights weights = (node, spec) -> {
            if (spec.role() == WeightRole.KERNEL || spec.role() == WeightRole.DEPTHWISE_KERNEL) {
                read.add(node.name());
            }
            return RandomNetworks.weights(SEED).values(node, spec);
        };
        List<String> outputs = List.of(network.output().name());
        float[] inputs = RandomNetworks.images(SEED, network, count);
        try (ForwardPass pass = engine.compile(network, weights, outputs, count)) {
            return pass.run(FloatBuffer.wrap(inputs), count).get(0);
        }
    }
}
