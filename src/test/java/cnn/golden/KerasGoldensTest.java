package cnn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import cnn.network.ForwardPass;
import cnn.network.Network;
import cnn.network.Node;
import cnn.onednn.OneDnn;
import cnn.program.Precision;
import cnn.zoo.Zoo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The networks of Keras Applications beside real Keras, at every operation. {@code -Dcnn.goldens=DIR} takes all golden files of a
 * folder; without it the small networks are compared, by layer, and a line is printed for each file.
 */
class KerasGoldensTest {
    private static final Path SHARED = Path.of("..", "shared", "keras");
    private static final double LAYER = 2e-4;
    private static final double FEATURE = 2e-5;
    private static final double PROBABILITY = 2e-5;
    private static final double RELATIVE_PROBABILITY = 5e-4;
    private static final double ZEROS = 1e-3;

    /** Files that take seconds. */
    private static final String QUICK =
            "golden_(MobileNet|MobileNetV2|MobileNetV3Small|DenseNet121|EfficientNetB0|EfficientNetV2B0|ResNet50V2|NASNetMobile|"
                    + "ConvNeXtTiny|Xception|InceptionResNetV2|VGG19).*_notop_150.*\\.json|golden_MobileNet(V[23].*)?_.*\\.json";

    /** The file that is skipped where there is none. */
    static Stream<Path> files() throws IOException {
        String given = System.getProperty("cnn.goldens", "");
        Path folder = given.isEmpty() ? SHARED : Path.of(given);
        if (!Files.isDirectory(folder)) {
            return Stream.of(folder.resolve("README.md"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().matches(given.isEmpty() ? QUICK : "golden_.*\\.json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyOperationAgrees(Path file) throws IOException {
        assumeThat(file).exists();
        KerasGolden golden = KerasGolden.read(file, SHARED.resolve("order"));
        assumeThat(Zoo.isName(golden.model().replace("MobileNet_0.5", "MobileNet_0.50")))
                .as("%s is not there yet", golden.model())
                .isTrue();
        Network network = golden.network();
        Worst worst = new Worst();
        Set<String> wanted = new LinkedHashSet<>();
        for (KerasGolden.Layer layer : golden.layers()) {
            if (!layer.type().equals("InputLayer") && network.has(layer.name())) {
                wanted.add(layer.name());
            } else if (!layer.type().equals("InputLayer")) {
                worst.missing.add(layer.name() + " (" + layer.type() + ")");
            }
        }
        FloatBuffer image = FloatBuffer.wrap(golden.image(network.input().outputShape()));
        compareLayers(golden, network, new ArrayList<>(wanted), image, worst);
        try (ForwardPass fused = new OneDnn(Precision.FP32)
                .compile(network, golden.weights(), List.of(network.output().name()), 1)) {
            float[] output = fused.run(image, 1).get(0);
            if (golden.includesTop()) {
                worst.compare("probabilities", golden.probabilities(), output, PROBABILITY, RELATIVE_PROBABILITY);
            } else {
                worst.compareToLargest("features", golden.features(), output);
            }
        }
        System.out.printf(
                "%-48s %3d operations, worst %.2f of the tolerance at %s%n",
                file.getFileName(), wanted.size(), worst.share, worst.where);
        assertThat(worst.missing).isEmpty();
        assertThat(worst.share).as(worst.where).isLessThanOrEqualTo(1);
    }

    /** Some layers at a time, so that all their outputs need not be held at once. */
    private static void compareLayers(
            KerasGolden golden, Network network, List<String> names, FloatBuffer image, Worst worst) {
        List<KerasGolden.Layer> layers = golden.layers().stream()
                .filter(layer -> names.contains(layer.name()))
                .toList();
        try (ForwardPass pass = new OneDnn(Precision.FP32).compile(network, golden.weights(), names, 1)) {
            List<float[]> values = pass.run(image, 1);
            for (KerasGolden.Layer layer : layers) {
                Node node = network.node(layer.name());
                assertThat(node.outputShape().sizes()).as(layer.name()).isEqualTo(layer.shape());
                worst.compare(layer, values.get(names.indexOf(layer.name())));
            }
        }
    }

    /** What comes nearest to its tolerance, or is beyond it most. */
    private static final class Worst {
        private final List<String> missing = new ArrayList<>();
        private double share;
        private String where = "nothing";

        private void add(String place, double difference, double tolerance) {
            double now = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.abs(difference) / tolerance;
            if (now > share) {
                share = now;
                where = "%s, off by %.3g".formatted(place, difference);
            }
        }

        void compare(KerasGolden.Layer layer, float[] values) {
            double sum = 0;
            double squares = 0;
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            long zeros = 0;
            for (float value : values) {
                sum += value;
                least = Math.min(least, value);
                most = Math.max(most, value);
                zeros += value == 0 ? 1 : 0;
            }
            double mean = sum / values.length;
            for (float value : values) {
                squares += (value - mean) * (value - mean);
            }
            boolean softmax =
                    layer.name().startsWith("predictions") || layer.name().endsWith("head_dense");
            if (softmax) {
                return;
            }
            double[] expected = layer.figures();
            double tolerance = LAYER * expected[1];
            add(layer.name() + " mean", mean - expected[0], tolerance);
            add(layer.name() + " std", Math.sqrt(squares / values.length) - expected[1], tolerance);
            add(layer.name() + " min", least - expected[2], tolerance);
            add(layer.name() + " max", most - expected[3], tolerance);
            add(layer.name() + " zeros", zeros - expected[4], Math.max(1, ZEROS * values.length));
            double[] samples = layer.samples();
            for (int i = 0; i < samples.length; i++) {
                double actual = values[(int) ((long) i * values.length / samples.length)];
                add(layer.name() + " sample " + i, actual - samples[i], tolerance);
            }
        }

        void compare(String what, double[] expected, float[] actual, double absolute, double relative) {
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                add(what + " " + i, actual[i] - expected[i], Math.min(absolute, relative * expected[i]));
            }
        }

        void compareToLargest(String what, double[] expected, float[] actual) {
            assertThat(actual).hasSameSizeAs(expected);
            double largest = 0;
            for (double value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < expected.length; i++) {
                add(what + " " + i, actual[i] - expected[i], FEATURE * largest);
            }
        }
    }
}
