package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cnn.UserError;
import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.program.Backend;
import cnn.program.Precision;
import cnn.program.Quantization;
import cnn.program.RandomNetworks;
import cnn.program.RangeMethod;
import cnn.program.RangeObserver;
import cnn.program.Ranges;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a process is started with: cores, and instructions that oneDNN may use. */
class QuantizedProcessTest {
    private static final long SEED = 5;

    /** Says what int8 makes of some images, or why it does not. */
    static final class Answers {
        private Answers() {}

        public static void main(String[] arguments) {
            try {
                for (String family : List.of("mobilenet", "resnet50", "mobilenetv3-small-1.0")) {
                    Network network = Zoo.named(family).forms().get(0).build(Options.withTop(64, 64));
                    System.out.println(Arrays.hashCode(answers(network)));
                }
            } catch (UserError e) {
                System.out.println(e.getMessage());
            }
        }

        private static float[] answers(Network network) {
            List<String> outputs = List.of(network.output().name());
            float[] images = RandomNetworks.images(SEED, network, 2);
            Backend floats = new OneDnn(Precision.FP32);
            Ranges ranges;
            try (RangeObserver observer = floats.observer(network, RandomNetworks.weights(SEED), outputs)) {
                observer.observe(FloatBuffer.wrap(images), 2);
                ranges = observer.ranges(RangeMethod.MSE);
            }
            Backend int8 = floats.quantized(new Quantization(ranges, Set.of()));
            try (ForwardPass pass = int8.compile(network, RandomNetworks.weights(SEED), outputs, 2)) {
                return pass.run(FloatBuffer.wrap(images), 2).get(0);
            }
        }
    }

    @Test
    void coresMakeNoDifference() throws IOException {
        assumeTrue(OneDnn.supports(Precision.INT8), "this CPU has no VNNI");
        String one = run(Map.of("OMP_NUM_THREADS", "1"));
        assertThat(one.lines()).hasSize(3).allMatch(line -> line.matches("-?\\d+"));
        assertThat(run(Map.of("OMP_NUM_THREADS", "2"))).isEqualTo(one);
    }

    @Test
    void aProcessorWithoutVnniIsRefusedInOneLine() throws IOException {
        assertThat(run(Map.of("DNNL_MAX_CPU_ISA", "AVX512_CORE"))).isEqualTo("""
                this processor has no int8 arithmetic; use --precision fp32
                """);
        assertThat(run(Map.of("DNNL_MAX_CPU_ISA", "AVX2")))
                .contains("no int8 arithmetic")
                .hasLineCount(1);
    }

    private static String run(Map<String, String> environment) throws IOException {
        ProcessBuilder child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Answers.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        child.environment().putAll(environment);
        Process process = child.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
