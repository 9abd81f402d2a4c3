package cnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.golden.Shared;
import cnn.keras.KerasFile;
import cnn.keras.KerasWeights;
import cnn.network.BatchNormalization;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Weights;
import cnn.onednn.OneDnn;
import cnn.program.BatchResult;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.program.TrainableNetwork;
import cnn.program.TrainingSetup;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that real Keras recorded, done again from the same weights on the same batches, with the options that say so. */
class KerasTrainingTest {
    private static final double LOSSES = 1e-5;
    private static final double WEIGHTS = 1e-4;
    private static final Set<String> FROZEN = Set.of("c1", "b1");

    /** Where the batch's mean takes a bias away, its gradient is rounding and nothing else, of which Adam makes whole steps. */
    private static final double WEIGHTS_BELOW_BATCH_STATISTICS = 1e-3;

    private final Path folder = Shared.path("keras-files/training");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv_bn_adam",
                "conv_bn_rmsprop",
                "conv_bn_sgd",
                "finetune_last5",
                "finetune_last5_bn_inference",
                "head_bin_adadelta",
                "head_bin_adagrad",
                "head_bin_adam",
                "head_bin_adam_amsgrad",
                "head_bin_adam_clipnorm",
                "head_bin_adamw",
                "head_bin_class_weight",
                "head_bin_nadam",
                "head_bin_rmsprop",
                "head_bin_rmsprop_centered",
                "head_bin_rmsprop_default",
                "head_bin_sgd",
                "head_bin_sgd_cosine",
                "head_bin_sgd_momentum",
                "head_bin_sgd_nesterov",
                "head_bin_smooth",
                "head_bn",
                "head_l2",
                "head_odd_batch",
                "head_softmax_adam",
                "head_softmax_class_weight",
                "head_softmax_smooth"
            })
    void everyStepIsThatOfKeras(String name) throws IOException {
        KerasTraining recorded = KerasTraining.read(folder, name);
        try (KerasFile file = KerasFile.open(recorded.initial())) {
            var layout = file.layout(Optional.empty()).orElseThrow();
            Network network = layout.network();
            try (KerasWeights initial = KerasWeights.match(file, layout)) {
                Set<String> learn = learning(name, network);
                Set<String> norms = name.endsWith("bn_inference") ? Set.of() : batchNorms(network, learn);
                compare(
                        recorded,
                        network,
                        initial,
                        new TrainingSetup(
                                learn,
                                norms,
                                recorded.options().optimizer(),
                                recorded.batchSize(),
                                1,
                                recorded.options().regularization().labelSmoothing(),
                                l2(file.modelConfig().orElseThrow()),
                                Map.of()));
            }
        }
    }

    /** No recorded case is left out. */
    @Test
    void allCasesOfTheFolderAreThere() throws IOException, ReflectiveOperationException {
        String[] tested = KerasTrainingTest.class
                .getDeclaredMethod("everyStepIsThatOfKeras", String.class)
                .getAnnotation(ValueSource.class)
                .strings();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".json"))
                            .map(file -> file.replace(".json", "")))
                    .containsExactlyInAnyOrder(tested);
        }
    }

    private static void compare(KerasTraining recorded, Network network, Weights initial, TrainingSetup setup)
            throws IOException {
        assertSettings(recorded, setup.optimizer());
        double[] expected = recorded.stepLosses();
        try (TrainableNetwork trained = new OneDnn(Precision.FP32).trainable(network, initial, setup)) {
            double[] losses = train(recorded, trained, setup.optimizer());
            double[] off = off(losses, expected);
            int[] targets = recorded.targets();
            float[] ones = new float[targets.length];
            Arrays.fill(ones, 1);
            FloatBuffer inputs = FloatBuffer.wrap(recorded.inputs());
            BatchResult judged = trained.evaluate(inputs, targets, ones, targets.length);
            double finalLoss = Math.abs(judged.lossSum() / targets.length - recorded.finalEvaluation()[0]);
            double weights = worst(recorded, network, trained.weights());
            double predicted = worst(trained.predict(inputs, targets.length), recorded.prediction());
            double worst = Arrays.stream(off).max().orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d steps; worst differences: losses %.1e, final loss %.1e, weights %.1e, predictions %.1e%n",
                    recorded.name(),
                    off.length,
                    worst,
                    finalLoss,
                    weights,
                    predicted);
            assertThat(worst).as("losses").isLessThan(LOSSES);
            assertThat(finalLoss).as("loss in the end").isLessThan(LOSSES);
            assertThat(weights)
                    .as("weights in the end")
                    .isLessThan(setup.batchStatistics().isEmpty() ? WEIGHTS : WEIGHTS_BELOW_BATCH_STATISTICS);
            assertThat(predicted).as("predictions in the end").isLessThan(WEIGHTS);
            assertThat((double) judged.correct() / targets.length)
                    .as("accuracy in the end")
                    .isCloseTo(recorded.finalEvaluation()[1], within(1e-6));
        }
    }

    /** The mean loss of each step, before it. */
    private static double[] train(KerasTraining recorded, TrainableNetwork network, Optimizer optimizer)
            throws IOException {
        float[] inputs = recorded.inputs();
        int[] targets = recorded.targets();
        int floats = inputs.length / targets.length;
        int batches = (targets.length + recorded.batchSize() - 1) / recorded.batchSize();
        double[] losses = new double[recorded.epochs() * batches];
        for (int step = 0; step < losses.length; step++) {
            int start = step % batches * recorded.batchSize();
            int count = Math.min(recorded.batchSize(), targets.length - start);
            int[] right = Arrays.copyOfRange(targets, start, start + count);
            float[] weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = recorded.weight(right[i]);
            }
            network.learningRate(
                    optimizer.learningRate() * recorded.options().schedule().factor(step, losses.length, batches));
            FloatBuffer samples = FloatBuffer.wrap(inputs, start * floats, count * floats);
            losses[step] = network.train(samples, right, weights, count).lossSum() / count;
        }
        return losses;
    }

    /** What Keras says of its optimizer and what ours says of itself. */
    private static void assertSettings(KerasTraining recorded, Optimizer optimizer) {
        Map<String, Object> ours = new HashMap<>(optimizer.settings());
        assertThat(ours.remove("optimizer")).asString().isEqualToIgnoringCase((String)
                recorded.optimizer().get("type"));
        ours.forEach((name, value) -> {
            Object keras = recorded.optimizer().get(name);
            if (value instanceof Number number && keras != null) {
                assertThat(number.floatValue()).as(name).isEqualTo(KerasTraining.number(keras));
            } else if (value instanceof Boolean) {
                assertThat(value).as(name).isEqualTo(keras);
            }
        });
    }

    private static double worst(KerasTraining recorded, Network network, Weights weights) throws IOException {
        double worst = 0;
        for (Node node : network.nodes()) {
            List<float[]> expected = recorded.last(node.name());
            assertThat(expected).as(node.name()).hasSameSizeAs(node.weights());
            for (int i = 0; i < expected.size(); i++) {
                FloatBuffer values = weights.values(node, node.weights().get(i));
                float[] copy = new float[values.remaining()];
                values.get(copy);
                worst = Math.max(worst, worst(copy, expected.get(i)));
            }
        }
        return worst;
    }

    private static double worst(float[] values, float[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            worst = Math.max(worst, Math.abs((double) values[i] - expected[i]));
        }
        return worst;
    }

    private static double[] off(double[] values, double[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        double[] off = new double[values.length];
        Arrays.setAll(off, i -> Math.abs(values[i] - expected[i]));
        return off;
    }

    private static Set<String> learning(String name, Network network) {
        Set<String> layers = new HashSet<>();
        network.nodes().forEach(node -> layers.add(node.name()));
        if (name.startsWith("finetune")) {
            layers.removeAll(FROZEN);
        }
        return layers;
    }

    private static Set<String> batchNorms(Network network, Set<String> among) {
        Set<String> norms = new HashSet<>();
        network.nodes().stream()
                .filter(node -> node.layer() instanceof BatchNormalization && among.contains(node.name()))
                .forEach(node -> norms.add(node.name()));
        return norms;
    }

    /** The layers whose configuration has an L2 regulariser of the kernel. */
    private static Map<String, Double> l2(String modelConfig) throws IOException {
        Map<String, Double> found = new HashMap<>();
        List<Object> open = new ArrayList<>(List.of(JSON.std.mapFrom(modelConfig)));
        while (!open.isEmpty()) {
            Object next = open.remove(open.size() - 1);
            if (next instanceof Collection<?> values) {
                open.addAll(values.stream().filter(Objects::nonNull).toList());
            } else if (next instanceof Map<?, ?> object) {
                open.addAll(object.values().stream().filter(Objects::nonNull).toList());
                if (object.get("kernel_regularizer") instanceof Map<?, ?> regularizer) {
                    Object l2 = ((Map<?, ?>) regularizer.get("config")).get("l2");
                    found.put((String) object.get("name"), ((Number) l2).doubleValue());
                }
            }
        }
        return found;
    }
}
