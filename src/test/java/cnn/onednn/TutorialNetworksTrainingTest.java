package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.BatchNormalization;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.RandomWeights;
import cnn.program.Optimizer;
import cnn.program.TrainingSetup;
import cnn.zoo.Options;
import cnn.zoo.Zoo;
import cnn.zoo.ZooModel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network of the zoo that is there to be trained can be trained, from its own initial weights. */
class TutorialNetworksTrainingTest {
    private static final int IMAGES = 6;
    private static final int MOST_STEPS = 80;
    private static final int LARGE_ENOUGH = 48;

    static Stream<String> names() {
        return Zoo.models().stream()
                .filter(model -> model.published().isEmpty())
                .map(ZooModel::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void learnsAHandfulOfImagesByHeart(String name) {
        ZooModel model = Zoo.named(name);
        int classes = Math.min(3, model.classes());
        Network network = model.network(Options.withTop(LARGE_ENOUGH, LARGE_ENOUGH, classes));
        FloatBuffer images = images();
        int[] targets = new int[IMAGES];
        Arrays.setAll(targets, i -> i % classes);
        float[] weights = new float[IMAGES];
        Arrays.fill(weights, 1);
        try (OneDnnTraining learner = new OneDnnTraining(network, new RandomWeights(42), setup(network))) {
            double first = learner.train(images, targets, weights, IMAGES).lossSum();
            double last = first;
            for (int step = 1; step < MOST_STEPS && last >= first / 3; step++) {
                last = learner.train(images, targets, weights, IMAGES).lossSum();
            }
            assertThat(first / IMAGES).as("first loss").isBetween(0.3, 5.0);
            assertThat(last).as("last loss").isLessThan(first / 3);
        }
    }

    private static FloatBuffer images() {
        SplittableRandom random = new SplittableRandom(7);
        float[] nhwc = new float[IMAGES * LARGE_ENOUGH * LARGE_ENOUGH * 3];
        for (int i = 0; i < nhwc.length; i++) {
            nhwc[i] = (float) random.nextDouble();
        }
        return FloatBuffer.wrap(nhwc);
    }

    private static TrainingSetup setup(Network network) {
        return new TrainingSetup(
                network.nodes().stream().map(Node::name).collect(Collectors.toSet()),
                network.nodes().stream()
                        .filter(node -> node.layer() instanceof BatchNormalization)
                        .map(Node::name)
                        .collect(Collectors.toSet()),
                Optimizer.named("adam", OptionalDouble.empty()),
                IMAGES,
                42);
    }
}
