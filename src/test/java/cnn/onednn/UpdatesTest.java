package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.Optimizer;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is done around a rule, seen in one step of plain gradient descent with a learning rate of 1. */
class UpdatesTest {
    private static final int FEATURES = 150;
    private static final int SAMPLES = 4;
    private static final Weights INITIAL = new RandomWeights(11);

    /** A kernel of more than one piece. */
    private final Network network = network();

    @Test
    void shortensTheGradientOfAWeightThatIsTooLong() {
        Map<String, float[]> free = changes(new Optimizer(new Sgd(0, false), 1, 0, OptionalDouble.empty()));
        double longest =
                free.values().stream().mapToDouble(UpdatesTest::norm).max().orElseThrow();
        double shortest =
                free.values().stream().mapToDouble(UpdatesTest::norm).min().orElseThrow();
        double limit = Math.sqrt(longest * shortest);
        Map<String, float[]> clipped = changes(new Optimizer(new Sgd(0, false), 1, 0, OptionalDouble.of(limit)));
        free.forEach((name, change) -> {
            double factor = Math.min(1, limit / norm(change));
            assertThat(norm(clipped.get(name))).as(name).isCloseTo(factor * norm(change), within(1e-5));
            for (int i = 0; i < change.length; i++) {
                assertThat(clipped.get(name)[i]).as(name).isCloseTo((float) (factor * change[i]), within(1e-6f));
            }
        });
    }

    @Test
    void takesTheShareThatDecaysBeforeTheStep() {
        Map<String, float[]> free = changes(Optimizer.of(new Sgd(0, false), 1));
        Map<String, float[]> decayed = changes(new Optimizer(new Sgd(0, false), 1, 0.25, OptionalDouble.empty()));
        for (Node node : network.nodes().subList(1, network.nodes().size())) {
            for (var weight : node.weights()) {
                String name = node.name() + "/" + weight.name();
                FloatBuffer before = INITIAL.values(node, weight);
                for (int i = 0; i < before.remaining(); i++) {
                    assertThat(decayed.get(name)[i])
                            .as(name)
                            .isCloseTo(free.get(name)[i] - before.get(i) / 4, within(1e-6f));
                }
            }
        }
    }

    @Test
    void multipliesTheLearningRateOfALayer() {
        Optimizer optimizer = new Optimizer(new Sgd(0, false), 1, 0.25, OptionalDouble.empty());
        Map<String, float[]> whole = changes(optimizer);
        changes(optimizer, Map.of("hidden", 0.5)).forEach((name, changed) -> {
            float factor = name.startsWith("hidden") ? 0.5f : 1;
            for (int i = 0; i < changed.length; i++) {
                assertThat(changed[i]).as(name).isCloseTo(factor * whole.get(name)[i], within(1e-6f));
            }
        });
    }

    private Map<String, float[]> changes(Optimizer optimizer) {
        return changes(optimizer, Map.of());
    }

    /** By how much a step changes each weight. */
    private Map<String, float[]> changes(Optimizer optimizer, Map<String, Double> rates) {
        Set<String> all = Set.copyOf(RandomNetworks.names(network));
        TrainingSetup setup = new TrainingSetup(all, Set.of(), optimizer, SAMPLES, 1, 0, Map.of(), rates);
        Map<String, float[]> changes = new HashMap<>();
        try (OneDnnTraining trained = new OneDnnTraining(network, INITIAL, setup)) {
            FloatBuffer samples = FloatBuffer.wrap(RandomNetworks.images(1, network, SAMPLES));
            trained.train(samples, new int[] {0, 1, 2, 0}, new float[] {1, 1, 1, 1}, SAMPLES);
            Weights now = trained.weights();
            for (Node node : network.nodes()) {
                for (var weight : node.weights()) {
                    FloatBuffer before = INITIAL.values(node, weight);
                    FloatBuffer after = now.values(node, weight);
                    float[] change = new float[before.remaining()];
                    for (int i = 0; i < change.length; i++) {
                        change[i] = after.get(i) - before.get(i);
                    }
                    changes.put(node.name() + "/" + weight.name(), change);
                }
            }
        }
        assertThat(changes.keySet()).hasSize(4);
        return changes;
    }

    private static double norm(float[] numbers) {
        double squares = 0;
        for (float number : numbers) {
            squares += (double) number * number;
        }
        return Math.sqrt(squares);
    }

    private static Network network() {
        NetworkBuilder builder = Network.builder("head", "features", Shape.of(FEATURES));
        String hidden = builder.add("hidden", new Dense(40, true, ActivationFunction.TANH), "features");
        return builder.build(builder.add("classes", new Dense(3, true, ActivationFunction.SOFTMAX), hidden));
    }
}
