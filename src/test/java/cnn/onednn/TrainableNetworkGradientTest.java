package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.program.BatchResult;
import cnn.program.ClassGradient;
import cnn.program.NaiveForwardPass;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Gradients against central differences of plain loops in double precision, along random directions: for all layers there
 * are, put together by chance.
 */
class TrainableNetworkGradientTest {
    private static final int SEEDS = 80;
    private static final int CLASSES = 3;
    private static final double STEP = 1.0 / (1 << 12);
    /** Of the length of the gradient, where forward and backward difference are as close as that to each other. */
    private static final double TOLERANCE = 2e-3;
    /** Share of the differences that may step across a kink of relu or of a maximum, where the two are not close. */
    private static final double KINKS = 0.02;

    private int compared;
    private int kinks;

    @Test
    void gradientsOfWeightsAgreeWithCentralDifferences() {
        for (long seed = 0; seed < SEEDS; seed++) {
            compareWeights(seed, classifier(seed, ActivationFunction.SOFTMAX), 1 + (int) seed % 3);
        }
        assertThat(compared).isGreaterThan(SEEDS * 4);
        assertThat(kinks).isLessThan((int) (compared * KINKS));
    }

    @Test
    void gradientsOfTheInputAgreeWithCentralDifferences() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Network network = classifier(seed, ActivationFunction.SOFTMAX);
            Network linear = classifier(seed, ActivationFunction.LINEAR);
            Weights weights = RandomNetworks.weights(seed);
            float[] image = RandomNetworks.images(seed, network, 1);
            int wanted = (int) seed % CLASSES;
            float[] gradient;
            try (ClassGradient ofClass = new OneDnn(Precision.FP32).gradient(network, weights)) {
                gradient = ofClass.of(FloatBuffer.wrap(image), wanted);
            }
            float[] direction = direction(new Random(seed), image.length);
            double ahead = logit(linear, weights, moved(image, direction, STEP), wanted);
            double here = logit(linear, weights, image, wanted);
            double behind = logit(linear, weights, moved(image, direction, -STEP), wanted);
            assertAgree("seed " + seed + ", input", gradient, direction, ahead, here, behind);
        }
        assertThat(kinks).isLessThan((int) (compared * KINKS));
    }

    private void compareWeights(long seed, Network network, int images) {
        Weights weights = RandomNetworks.weights(seed);
        float[] batch = RandomNetworks.images(seed, network, images);
        int[] targets = new Random(seed).ints(images, 0, CLASSES).toArray();
        float[] importance = {1, 0.5f, 2};
        try (OneDnnTraining trained = new OneDnnTraining(network, weights, setup(network))) {
            BatchResult result = trained.train(FloatBuffer.wrap(batch), targets, importance, images);
            double here = loss(network, weights, batch, targets, importance);
            assertThat(result.lossSum() / images).as("seed %d, loss", seed).isCloseTo(here, within(1e-4));
            for (Node node : network.nodes()) {
                for (WeightSpec spec : node.weights()) {
                    if (spec.trainable()) {
                        float[] direction = direction(
                                new Random(seed + compared), (int) spec.shape().elements());
                        Weights ahead = moved(weights, node, spec, direction, STEP);
                        Weights behind = moved(weights, node, spec, direction, -STEP);
                        assertAgree(
                                "seed %d, %s of %s %s".formatted(seed, spec.name(), node.name(), node.layer()),
                                trained.gradient(node.name(), spec.name()),
                                direction,
                                loss(network, ahead, batch, targets, importance),
                                here,
                                loss(network, behind, batch, targets, importance));
                    }
                }
            }
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private void assertAgree(
            String what, float[] gradient, float[] direction, double ahead, double here, double behind) {
        double along = 0;
        double length = 0;
        for (int i = 0; i < gradient.length; i++) {
            along += (double) gradient[i] * direction[i];
            length += (double) gradient[i] * gradient[i];
        }
        double tolerance = 1e-5 + TOLERANCE * Math.sqrt(length);
        double bend = Math.abs(ahead - 2 * here + behind) / STEP;
        compared++;
        kinks += bend > tolerance ? 1 : 0;
        assertThat(along).as(what).isCloseTo((ahead - behind) / (2 * STEP), within(tolerance + bend));
    }

    /** A random network that ends in classes, without dropout. */
    private static Network classifier(long seed, ActivationFunction output) {
        Network random = RandomNetworks.network(seed);
        NetworkBuilder builder = Network.builder(
                random.name(), random.input().name(), random.input().outputShape());
        for (Node node : random.nodes().subList(1, random.nodes().size())) {
            Layer layer =
                    node.layer() instanceof Dropout || node.layer().equals(new Activation(ActivationFunction.SOFTMAX))
                            ? new Activation(ActivationFunction.LINEAR)
                            : node.layer();
            if (layer instanceof Dense dense && dense.activation().equals(ActivationFunction.SOFTMAX)) {
                layer = new Dense(dense.units(), dense.useBias(), ActivationFunction.TANH);
            }
            builder.add(node.name(), layer, node.inputs().toArray(String[]::new));
        }
        String flat = builder.add("flat", new Flatten(), random.output().name());
        return builder.build(builder.add("classes", new Dense(CLASSES, true, output), flat));
    }

    private static TrainingSetup setup(Network network) {
        Set<String> all = network.nodes().stream().map(Node::name).collect(Collectors.toSet());
        return new TrainingSetup(all, Set.of(), Optimizer.of(new Sgd(0, false), 0), 3, 1);
    }

    private static double loss(Network network, Weights weights, float[] batch, int[] targets, float[] importance) {
        int elements = batch.length / targets.length;
        double loss = 0;
        for (int i = 0; i < targets.length; i++) {
            float[] image = Arrays.copyOfRange(batch, i * elements, (i + 1) * elements);
            double[] classes = NaiveForwardPass.run(network, weights, image).get("classes");
            loss -= importance[i] * Math.log(classes[targets[i]]) / targets.length;
        }
        return loss;
    }

    private static double logit(Network linear, Weights weights, float[] image, int wanted) {
        return NaiveForwardPass.run(linear, weights, image).get("classes")[wanted];
    }

    private static float[] direction(Random random, int length) {
        float[] direction = new float[length];
        double squares = 0;
        for (int i = 0; i < length; i++) {
            direction[i] = (float) random.nextGaussian();
            squares += direction[i] * direction[i];
        }
        for (int i = 0; i < length; i++) {
            direction[i] /= (float) Math.sqrt(squares);
        }
        return direction;
    }

    private static float[] moved(float[] values, float[] direction, double step) {
        float[] moved = values.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * direction[i]);
        }
        return moved;
    }

    private static Weights moved(Weights weights, Node where, WeightSpec which, float[] direction, double step) {
        return (node, spec) -> {
            FloatBuffer values = weights.values(node, spec);
            if (!node.name().equals(where.name()) || !spec.name().equals(which.name())) {
                return values;
            }
            float[] copy = new float[values.remaining()];
            values.get(copy);
            return FloatBuffer.wrap(moved(copy, direction, step));
        };
    }
}
