package cnn.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.ActivationFunction;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every backend that trains must do, measured by {@link NaiveTraining}. */
public interface TrainingContract {
    int SAMPLES = 4;
    int[] TARGETS = {2, 0, 1, 1};
    float[] SAMPLE_WEIGHTS = {1, 0.5f, 2, 1};
    double RATE = 0.5;

    Backend backend();

    private static Network network() {
        NetworkBuilder builder = Network.builder("small", "input", Shape.of(6, 5, 2));
        Window window = Window.of(3, 1, Padding.SAME);
        String x = builder.add("conv", new Conv2D(3, window, true, ActivationFunction.TANH), "input");
        x = builder.add("pool", new Pooling2D(Pooling.AVERAGE, Window.of(2, 2, Padding.VALID)), x);
        x = builder.add(
                "dense", new Dense(5, true, ActivationFunction.SIGMOID), builder.add("flatten", new Flatten(), x));
        return builder.build(builder.add("classes", new Dense(3, true, ActivationFunction.SOFTMAX), x));
    }

    private static TrainingSetup setup(Set<String> trainable) {
        return new TrainingSetup(trainable, Set.of(), Optimizer.of(new Sgd(0, false), RATE), SAMPLES, 1);
    }

    private static FloatBuffer images(Network network) {
        return FloatBuffer.wrap(RandomNetworks.images(9, network, SAMPLES));
    }

    @Test
    default void stepsFollowTheGradientOfTheMeanLoss() {
        Network network = network();
        Weights initial = RandomNetworks.weights(9);
        TrainingSetup setup = setup(Set.of("conv", "dense", "classes"));
        try (TrainableNetwork trained = backend().trainable(network, initial, setup);
                TrainableNetwork defined = new NaiveTraining(network, initial, setup)) {
            for (int step = 0; step < 3; step++) {
                double loss = trained.train(images(network), TARGETS, SAMPLE_WEIGHTS, SAMPLES)
                        .lossSum();
                double expected = defined.train(images(network), TARGETS, SAMPLE_WEIGHTS, SAMPLES)
                        .lossSum();
                assertThat(loss).as("loss of step %d", step).isCloseTo(expected, within(1e-4));
            }
            for (Node node : network.nodes()) {
                for (WeightSpec spec : node.weights()) {
                    assertClose(node, spec, trained.weights(), defined.weights());
                }
            }
        }
    }

    @Test
    default void aSampleOfTwoTargetsFollowsBoth() {
        Network network = network();
        TrainingSetup setup = setup(Set.of("classes"));
        List<Targets> both = List.of(
                new Targets(TARGETS, new float[] {0.7f, 0.7f, 0.2f, 1}),
                new Targets(new int[] {0, 0, 2, 1}, new float[] {0.3f, 0.3f, 0.8f, 0}));
        try (TrainableNetwork trained = backend().trainable(network, RandomNetworks.weights(9), setup);
                TrainableNetwork defined = new NaiveTraining(network, RandomNetworks.weights(9), setup)) {
            double loss = trained.train(images(network), both, SAMPLES).lossSum();
            assertThat(loss)
                    .isCloseTo(defined.train(images(network), both, SAMPLES).lossSum(), within(1e-4));
            Node classes = network.node("classes");
            classes.weights().forEach(spec -> assertClose(classes, spec, trained.weights(), defined.weights()));
        }
    }

    private static void assertClose(Node node, WeightSpec spec, Weights trained, Weights defined) {
        FloatBuffer actual = trained.values(node, spec);
        FloatBuffer expected = defined.values(node, spec);
        for (int i = 0; i < expected.limit(); i++) {
            assertThat(actual.get(i))
                    .as("%s/%s, %d", node.name(), spec.name(), i)
                    .isCloseTo(expected.get(i), within(1e-4f));
        }
    }

    @Test
    default void layersThatDoNotLearnStayAsTheyAre() {
        Network network = network();
        Weights initial = RandomNetworks.weights(9);
        try (TrainableNetwork trained = backend().trainable(network, initial, setup(Set.of("classes")))) {
            trained.train(images(network), TARGETS, SAMPLE_WEIGHTS, SAMPLES);
            for (Node node : network.nodes()) {
                for (WeightSpec spec : node.weights()) {
                    boolean same = trained.weights().values(node, spec).equals(initial.values(node, spec));
                    assertThat(same).as(node.name()).isEqualTo(!node.name().equals("classes"));
                }
            }
        }
    }

    @Test
    default void goesOnFromASavedStateToTheSameBits() throws IOException {
        Network network = network();
        TrainingSetup setup = setup(Set.of("conv", "dense", "classes"));
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        try (TrainableNetwork first = backend().trainable(network, RandomNetworks.weights(9), setup);
                TrainableNetwork second = backend().trainable(network, RandomNetworks.weights(10), setup)) {
            first.train(images(network), TARGETS, SAMPLE_WEIGHTS, SAMPLES);
            first.saveState(new DataOutputStream(state));
            second.restoreState(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
            first.train(images(network), TARGETS, SAMPLE_WEIGHTS, SAMPLES);
            second.train(images(network), TARGETS, SAMPLE_WEIGHTS, SAMPLES);
            assertThat(second.predict(images(network), SAMPLES)).isEqualTo(first.predict(images(network), SAMPLES));
        }
    }
}
