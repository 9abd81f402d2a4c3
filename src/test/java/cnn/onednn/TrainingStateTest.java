package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.program.Adam;
import cnn.program.BatchResult;
import cnn.program.Optimizer;
import cnn.program.RandomNetworks;
import cnn.program.RmsProp;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Training that is repeated, or cut off and gone on with, bit for bit. */
class TrainingStateTest {
    private static final int BATCH = 5;
    private static final int STEPS = 6;
    private static final int CLASSES = 3;
    private static final OptionalDouble RATE = OptionalDouble.of(0.01);
    private static final float[] ONES = {1, 1, 1, 1, 1};
    private static final Set<String> FROZEN = Set.of("conv", "norm", "depthwise", "norm_1", "conv_2");

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                Optimizer.named("rmsprop", RATE),
                Optimizer.of(new RmsProp(0.9, 0.9, 1e-7, true), 0.01),
                Optimizer.named("adam", RATE),
                new Optimizer(new Adam(0.9, 0.999, 1e-7, true), 0.01, 0.1, OptionalDouble.of(0.1)),
                Optimizer.named("nadam", RATE),
                Optimizer.named("adagrad", RATE),
                Optimizer.named("adadelta", RATE),
                Optimizer.named("sgd", RATE),
                Optimizer.of(new Sgd(0, false), 0.01),
                Optimizer.of(new Sgd(0.9, true), 0.01));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void goesOnAsIfItHadNotBeenCutOff(Optimizer optimizer) throws IOException {
        Network network = network();
        try (OneDnnTraining whole = open(network, optimizer, Set.of());
                OneDnnTraining begun = open(network, optimizer, Set.of());
                OneDnnTraining resumed = open(network, optimizer, Set.of())) {
            double[] losses = train(whole, 0, STEPS);
            assertThat(losses[STEPS - 1]).isNotEqualTo(losses[0]);
            assertThat(train(begun, 0, 3)).isEqualTo(Arrays.copyOf(losses, 3));
            resumed.restoreState(new DataInputStream(new ByteArrayInputStream(state(begun))));
            assertThat(state(resumed)).isEqualTo(state(begun));
            assertThat(train(resumed, 3, STEPS)).isEqualTo(Arrays.copyOfRange(losses, 3, STEPS));
            assertThat(state(resumed)).isEqualTo(state(whole));
        }
    }

    @Test
    void looksAtOtherSamplesLeaveNoTrace() throws IOException {
        Network network = network();
        try (OneDnnTraining alone = open(network, Optimizer.named("adam", RATE), Set.of());
                OneDnnTraining watched = open(network, Optimizer.named("adam", RATE), Set.of())) {
            float[] images = RandomNetworks.images(99, network, 7);
            int[] targets = new int[7];
            float[] ones = new float[7];
            for (int step = 0; step < STEPS; step++) {
                BatchResult before = watched.evaluate(FloatBuffer.wrap(images), targets, ones, 7);
                assertThat(train(watched, step, step + 1)).isEqualTo(train(alone, step, step + 1));
                BatchResult again = watched.evaluate(FloatBuffer.wrap(images), targets, ones, 7);
                assertThat(again.predicted()).hasSameSizeAs(before.predicted());
            }
            assertThat(state(watched)).isEqualTo(state(alone));
        }
    }

    /** What was trained, put into a network of its own, must answer in the same bits: so nothing else had changed. */
    @Test
    void frozenLayersKeepTheirBits() {
        Network network = network();
        Weights initial = RandomNetworks.weights(7);
        try (OneDnnTraining trained = open(network, Optimizer.named("rmsprop", RATE), FROZEN)) {
            train(trained, 0, STEPS);
            Weights now = trained.weights();
            for (Node node : network.nodes()) {
                for (WeightSpec weight : node.weights()) {
                    assertThat(values(now, node, weight).equals(values(initial, node, weight)))
                            .as("%s of %s as it was", weight.name(), node.name())
                            .isEqualTo(FROZEN.contains(node.name()));
                }
            }
            Weights mixed = (node, weight) -> (FROZEN.contains(node.name()) ? initial : now).values(node, weight);
            FloatBuffer images = FloatBuffer.wrap(RandomNetworks.images(3, network, BATCH));
            TrainingSetup setup = setup(network, Optimizer.named("rmsprop", RATE), FROZEN);
            try (OneDnnTraining fresh = new OneDnnTraining(network, mixed, setup)) {
                assertThat(fresh.predict(images, BATCH)).isEqualTo(trained.predict(images, BATCH));
            }
        }
    }

    /** Channels that do not fill oneDNN's blocks, paddings that stay, branches, everything that has a state. */
    private static Network network() {
        BatchNormalization norm = new BatchNormalization(0.9, 1e-3, true, true);
        Window three = Window.of(3, 1, Padding.SAME);
        NetworkBuilder builder = Network.builder("state", "input", Shape.of(8, 7, 3));
        String x = builder.add("conv", new Conv2D(20, three, true, ActivationFunction.LINEAR), "input");
        x = builder.add("norm", norm, x);
        x = builder.add("relu", new Activation(ActivationFunction.RELU), x);
        x = builder.add("depthwise", new DepthwiseConv2D(three, 1, true, ActivationFunction.TANH), x);
        x = builder.add("norm_1", norm, x);
        x = builder.add("dropout", new Dropout(0.3), x);
        x = builder.add("conv_1", new Conv2D(13, three, false, ActivationFunction.LINEAR), x);
        x = builder.add("norm_2", norm, x);
        String shortcut = builder.add("conv_2", new Conv2D(13, three, true, ActivationFunction.TANH), x);
        x = builder.add("add", new Add(), x, shortcut);
        x = builder.add("padding", new ZeroPadding2D(new Pads(1, 0, 0, 1)), x);
        x = builder.add("tanh", new Activation(ActivationFunction.TANH), x);
        x = builder.add("pool", new Pooling2D(Pooling.MAX, Window.of(2, 2, Padding.VALID)), x);
        x = builder.add("flatten", new Flatten(), x);
        x = builder.add("dropout_1", new Dropout(0.5), x);
        x = builder.add("dense", new Dense(19, true, ActivationFunction.RELU), x);
        return builder.build(builder.add("class", new Dense(CLASSES, true, ActivationFunction.SOFTMAX), x));
    }

    /** Steps {@code from} to {@code to}; every third has three samples only. */
    private static double[] train(OneDnnTraining network, int from, int to) {
        double[] losses = new double[to - from];
        for (int step = from; step < to; step++) {
            int samples = step % 3 == 2 ? 3 : BATCH;
            int[] targets = new int[samples];
            for (int i = 0; i < samples; i++) {
                targets[i] = (i + step) % CLASSES;
            }
            FloatBuffer images = FloatBuffer.wrap(RandomNetworks.images(step, network(), samples));
            losses[step - from] = network.train(images, targets, ONES, samples).lossSum();
        }
        return losses;
    }

    private static OneDnnTraining open(Network network, Optimizer optimizer, Set<String> frozen) {
        return new OneDnnTraining(network, RandomNetworks.weights(7), setup(network, optimizer, frozen));
    }

    private static TrainingSetup setup(Network network, Optimizer optimizer, Set<String> frozen) {
        Set<String> learn = new HashSet<>(RandomNetworks.names(network));
        learn.removeAll(frozen);
        return new TrainingSetup(
                learn, learn, optimizer, BATCH, 42, 0.1, Map.of("conv_1", 0.01, "class", 0.1), Map.of("dense", 0.5));
    }

    private static byte[] state(OneDnnTraining network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        network.saveState(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static List<Float> values(Weights weights, Node node, WeightSpec weight) {
        float[] values = new float[(int) weight.shape().elements()];
        weights.values(node, weight).get(values);
        Float[] boxed = new Float[values.length];
        Arrays.setAll(boxed, i -> values[i]);
        return List.of(boxed);
    }
}
