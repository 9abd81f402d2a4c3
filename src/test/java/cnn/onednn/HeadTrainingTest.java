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
import cnn.onednn.ReferenceHead.Rule;
import cnn.program.Optimizer;
import cnn.program.RandomNetworks;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Heads trained by the engine and by plain loops from the same weights, on the same batches. */
class HeadTrainingTest {
    private static final int STEPS = 50;
    private static final int SAMPLES = 90;
    private static final int FEATURES = 37;
    /** The last batch of an epoch has 10. */
    private static final int BATCH = 20;

    private static final double TOLERANCE = 1e-4;

    /** Keras's default rates, and Adadelta's of 2012 too: with 0.001 it hardly moves. */
    private static final List<Learner> LEARNERS = List.of(
            new Learner("rmsprop", 1e-3, Rule.rmsProp(1e-3)),
            new Learner("adam", 1e-3, Rule.adam(1e-3)),
            new Learner("sgd", 1e-2, Rule.momentum(1e-2)),
            new Learner("adadelta", 1e-3, Rule.adaDelta(1e-3)),
            new Learner("adadelta", 1, Rule.adaDelta(1)));

    private record Learner(String name, double rate, Rule rule) {
        @Override
        public String toString() {
            return name + " " + rate;
        }
    }

    static Stream<Arguments> heads() {
        return LEARNERS.stream()
                .flatMap(learner -> Stream.of(
                        Arguments.of(learner, List.of(5)),
                        Arguments.of(learner, List.of(1)),
                        Arguments.of(learner, List.of(33, 5)),
                        Arguments.of(learner, List.of(33, 1))));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void lossesAgreeWithAnIndependentImplementationOverFiftySteps(Learner learner, List<Integer> units) {
        Network network = head(units);
        Weights initial = new RandomWeights(11);
        ReferenceHead reference = new ReferenceHead(learner.rule());
        for (Node node : network.nodes().subList(1, network.nodes().size())) {
            List<float[]> values = node.weights().stream()
                    .map(weight -> initial.values(node, weight).array())
                    .toList();
            reference.add(values.get(0), values.get(1));
        }
        Random random = new Random(5);
        int classes = Math.max(2, units.get(units.size() - 1));
        float[][] features = features(random);
        int[] labels = labels(features, classes, random);
        Optimizer optimizer = Optimizer.named(learner.name(), OptionalDouble.of(learner.rate()));
        TrainingSetup setup = new TrainingSetup(names(network), Set.of(), optimizer, BATCH, 1);
        double first = 0;
        double last = 0;
        try (OneDnnTraining trained = new OneDnnTraining(network, initial, setup)) {
            for (int step = 0; step < STEPS; step++) {
                int start = step * BATCH % (SAMPLES + BATCH / 2);
                int count = Math.min(BATCH, SAMPLES - start);
                FloatBuffer nhwc = FloatBuffer.allocate(count * FEATURES);
                double[][] samples = new double[count][FEATURES];
                int[] targets = new int[count];
                float[] weights = new float[count];
                double[] sameWeights = new double[count];
                for (int i = 0; i < count; i++) {
                    nhwc.put(features[start + i]);
                    for (int f = 0; f < FEATURES; f++) {
                        samples[i][f] = features[start + i][f];
                    }
                    targets[i] = labels[start + i];
                    weights[i] = targets[i] == 0 ? 1.75f : 0.5f;
                    sameWeights[i] = weights[i];
                }
                double expected = reference.step(samples, targets, sameWeights) / count;
                double loss =
                        trained.train(nhwc.flip(), targets, weights, count).lossSum() / count;
                assertThat(loss).as("step %d", step).isCloseTo(expected, within(TOLERANCE));
                first = step == 0 ? expected : first;
                last = start == 0 ? expected : last;
            }
        }
        assertThat(last).as("the first batch's last loss").isLessThan(first);
    }

    /** Vectors as global pooling gives them: not negative, some zeros. */
    private static float[][] features(Random random) {
        float[][] features = new float[SAMPLES][FEATURES];
        for (float[] vector : features) {
            for (int i = 0; i < FEATURES; i++) {
                vector[i] = (float) Math.max(0, random.nextGaussian() + 0.5);
            }
        }
        return features;
    }

    /** The classes that a random linear map gives. */
    private static int[] labels(float[][] features, int classes, Random random) {
        double[][] teacher = new double[classes][FEATURES];
        for (double[] row : teacher) {
            for (int i = 0; i < FEATURES; i++) {
                row[i] = random.nextGaussian();
            }
        }
        int[] labels = new int[SAMPLES];
        for (int s = 0; s < SAMPLES; s++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                double speaksFor = 0;
                for (int i = 0; i < FEATURES; i++) {
                    speaksFor += teacher[c][i] * features[s][i];
                }
                if (speaksFor > most) {
                    most = speaksFor;
                    labels[s] = c;
                }
            }
        }
        return labels;
    }

    private static Network head(List<Integer> units) {
        NetworkBuilder builder = Network.builder("head", "features", Shape.of(FEATURES));
        String below = "features";
        for (int i = 0; i < units.size() - 1; i++) {
            below = builder.add("dense" + i, new Dense(units.get(i), true, ActivationFunction.RELU), below);
        }
        int classes = units.get(units.size() - 1);
        ActivationFunction function = classes == 1 ? ActivationFunction.SIGMOID : ActivationFunction.SOFTMAX;
        return builder.build(builder.add("classes", new Dense(classes, true, function), below));
    }

    private static Set<String> names(Network network) {
        return Set.copyOf(RandomNetworks.names(network));
    }
}
