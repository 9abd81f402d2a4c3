package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.BatchResult;
import cnn.program.DropoutMask;
import cnn.program.Optimizer;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DropoutTrainingTest {
    private static final int MANY = 100_000;
    private static final long SEED = 42;
    private static final int FEATURES = 9;
    private static final int SAMPLES = 2;
    private static final int[] TARGETS = {1, 0};
    private static final float[] ONES = {1, 1};

    @Test
    void zeroesTheShareOfTheRateAndScalesUpTheRest() {
        for (double rate : new double[] {0.1, 0.2, 0.5, 0.9}) {
            float[] factors = mask(MANY, rate, SEED, "dropout", 1);
            float kept = (float) (1 / (1 - rate));
            int zeros = 0;
            for (float factor : factors) {
                assertThat(factor).isIn(0f, kept);
                zeros += factor == 0 ? 1 : 0;
            }
            // Five standard deviations of a binomial share.
            double margin = 5 * Math.sqrt(rate * (1 - rate) / MANY);
            assertThat(zeros / (double) MANY).isCloseTo(rate, within(margin));
        }
    }

    @Test
    void neighboursAreDroppedIndependently() {
        float[] factors = mask(MANY, 0.5, SEED, "dropout", 1);
        for (int distance = 1; distance <= 4; distance++) {
            int equal = 0;
            for (int i = distance; i < MANY; i++) {
                equal += factors[i] == factors[i - distance] ? 1 : 0;
            }
            assertThat(equal / (double) (MANY - distance)).isCloseTo(0.5, within(0.008));
        }
    }

    @Test
    void drawsDependOnSeedLayerAndStepOnly() {
        float[] factors = mask(999, 0.5, SEED, "dropout", 7);
        assertThat(mask(999, 0.5, SEED, "dropout", 7)).isEqualTo(factors);
        assertThat(Arrays.copyOf(mask(1001, 0.5, SEED, "dropout", 7), 999)).isEqualTo(factors);
        assertThat(mask(999, 0.5, SEED, "dropout", 8)).isNotEqualTo(factors);
        assertThat(mask(999, 0.5, SEED, "dropout_1", 7)).isNotEqualTo(factors);
        assertThat(mask(999, 0.5, SEED + 1, "dropout", 7)).isNotEqualTo(factors);
    }

    @Test
    void lossAndGradientOfAStepAreThoseOfTheMaskedInput() {
        float[] kernel = ascending(FEATURES, -0.5f);
        float[] samples = ascending(SAMPLES * FEATURES, 1);
        Network network = network();
        Weights weights = (node, weight) -> FloatBuffer.wrap(weight.name().equals("bias") ? new float[1] : kernel);
        try (OneDnnTraining trained = new OneDnnTraining(network, weights, setup(network))) {
            for (int step = 1; step <= 3; step++) {
                float[] factors = mask(samples.length, 0.5, SEED, "dropout", step);
                BatchResult result = trained.train(FloatBuffer.wrap(samples), TARGETS, ONES, SAMPLES);
                double loss = 0;
                double[] gradient = new double[FEATURES];
                for (int s = 0; s < SAMPLES; s++) {
                    double logit = 0;
                    for (int i = 0; i < FEATURES; i++) {
                        logit += factors[s * FEATURES + i] * samples[s * FEATURES + i] * kernel[i];
                    }
                    double probability = 1 / (1 + Math.exp(-logit));
                    loss -= Math.log(TARGETS[s] == 1 ? probability : 1 - probability);
                    for (int i = 0; i < FEATURES; i++) {
                        gradient[i] += (probability - TARGETS[s])
                                / SAMPLES
                                * factors[s * FEATURES + i]
                                * samples[s * FEATURES + i];
                    }
                }
                assertThat(result.lossSum()).as("step %d", step).isCloseTo(loss, within(1e-5));
                float[] ours = trained.gradient("classes", "kernel");
                for (int i = 0; i < FEATURES; i++) {
                    assertThat((double) ours[i]).as("step %d, %d", step, i).isCloseTo(gradient[i], within(1e-6));
                }
            }
        }
    }

    @Test
    void nothingIsDroppedWhereNothingIsLearned() {
        float[] samples = ascending(SAMPLES * FEATURES, 0);
        Weights weights = (node, weight) -> {
            float[] halves = new float[(int) weight.shape().elements()];
            Arrays.fill(halves, 0.5f);
            return FloatBuffer.wrap(halves);
        };
        Network network = network();
        try (OneDnnTraining trained = new OneDnnTraining(network, weights, setup(network))) {
            // Sums of 0 to 8 and of 9 to 17 sixteenths, halved: 18/16 and 58.5/16; the bias is a half.
            double first = 36 / 32.0 + 0.5;
            double second = 117 / 32.0 + 0.5;
            float[] probabilities = trained.predict(FloatBuffer.wrap(samples), SAMPLES);
            assertThat((double) probabilities[0]).isCloseTo(1 / (1 + Math.exp(-first)), within(1e-6));
            assertThat((double) probabilities[1]).isCloseTo(1 / (1 + Math.exp(-second)), within(1e-6));
            double loss = Math.log1p(Math.exp(-first)) + Math.log1p(Math.exp(second));
            BatchResult result = trained.evaluate(FloatBuffer.wrap(samples), TARGETS, ONES, SAMPLES);
            assertThat(result.lossSum()).isCloseTo(loss, within(1e-5));
        }
    }

    private static float[] mask(int count, double rate, long seed, String layer, long step) {
        FloatBuffer factors = FloatBuffer.allocate(count);
        DropoutMask.fill(factors, rate, seed, layer, step);
        return factors.array();
    }

    /** Sixteenths from {@code first} on. */
    private static float[] ascending(int count, float first) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = first + i / 16f;
        }
        return values;
    }

    private static Network network() {
        NetworkBuilder builder = Network.builder("dropped", "features", Shape.of(FEATURES));
        String dropped = builder.add("dropout", new Dropout(0.5), "features");
        return builder.build(builder.add("classes", new Dense(1, true, ActivationFunction.SIGMOID), dropped));
    }

    private static TrainingSetup setup(Network network) {
        return new TrainingSetup(
                Set.copyOf(RandomNetworks.names(network)), Set.of(), Optimizer.of(new Sgd(0, false), 0), SAMPLES, SEED);
    }
}
