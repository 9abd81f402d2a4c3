package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.BatchNormalization;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.GlobalPooling2D;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pooling;
import cnn.network.Shape;
import cnn.network.WeightSpec;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.program.BatchResult;
import cnn.program.Optimizer;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batch norms with the statistics of the batch. */
class BatchStatisticsTest {
    private static final Offset<Double> CLOSE = within(1e-6);
    private static final int CELLS = 6;
    private static final int CHANNELS = 4;
    private static final int CLASSES = 3;
    private static final int IMAGES = 3;
    private static final int[] TARGETS = {2, 0, 1};
    private static final float[] IMPORTANCE = {1, 0.5f, 2};
    private static final double STEP = 1e-6;

    @Test
    void aStepIsWhatIsWorkedOutByHand() {
        NetworkBuilder builder = Network.builder("tiny", "input", Shape.of(1));
        String norm = builder.add("norm", new BatchNormalization(0.75, 3, true, true), "input");
        Network network = builder.build(builder.add("class", new Dense(1, true, ActivationFunction.SIGMOID), norm));
        Map<String, Float> values =
                Map.of("gamma", 2f, "beta", 1f, "moving_mean", 10f, "moving_variance", 4f, "kernel", 1f, "bias", 0f);
        Weights initial = (node, weight) -> FloatBuffer.wrap(new float[] {values.get(weight.name())});
        FloatBuffer samples = FloatBuffer.wrap(new float[] {1, 3});
        int[] targets = {1, 0};
        float[] ones = {1, 1};
        try (OneDnnTraining trained = new OneDnnTraining(network, initial, setup(network, 2))) {
            // Mean 2, variance 1, so sqrt(1 + 3) = 2: normalised to -0.5 and 0.5, scaled and shifted to 0 and 2.
            BatchResult result = trained.train(samples, targets, ones, 2);
            assertThat(result.lossSum()).isCloseTo(Math.log(2) + Math.log1p(Math.exp(2)), CLOSE);
            double first = (0.5 - 1) / 2;
            double second = 1 / (1 + Math.exp(-2)) / 2;
            assertThat((double) trained.gradient("norm", "gamma")[0]).isCloseTo(-0.5 * first + 0.5 * second, CLOSE);
            assertThat((double) trained.gradient("norm", "beta")[0]).isCloseTo(first + second, CLOSE);
            assertThat((double) trained.gradient("class", "kernel")[0]).isCloseTo(2 * second, CLOSE);
            assertThat((double) trained.gradient("class", "bias")[0]).isCloseTo(first + second, CLOSE);

            // 10 * 0.75 + 2 / 4 and 4 * 0.75 + 1 / 4: the variance of the samples, not the one of the population
            // behind.
            assertThat(values(trained.weights(), network.node("norm"), "moving_mean"))
                    .containsExactly(8f);
            assertThat(values(trained.weights(), network.node("norm"), "moving_variance"))
                    .containsExactly(3.25f);
            // sqrt(3.25 + 3) = 2.5: normalised to -2.8 and -2.
            float[] later = trained.predict(samples, 2);
            assertThat((double) later[0]).isCloseTo(1 / (1 + Math.exp(4.6)), CLOSE);
            assertThat((double) later[1]).isCloseTo(1 / (1 + Math.exp(3)), CLOSE);
        }
    }

    @Test
    void batchNormsThatAreNotToldToKeepTheirMovingStatistics() {
        Network network = network(5, true, true);
        Weights initial = RandomNetworks.weights(1);
        TrainingSetup setup = new TrainingSetup(
                Set.copyOf(RandomNetworks.names(network)),
                Set.of("norm"),
                Optimizer.of(new Sgd(0, false), 0.1),
                IMAGES,
                1);
        try (OneDnnTraining trained = new OneDnnTraining(network, initial, setup)) {
            trained.train(FloatBuffer.wrap(RandomNetworks.images(1, network, IMAGES)), TARGETS, IMPORTANCE, IMAGES);
            for (String statistic : new String[] {"moving_mean", "moving_variance"}) {
                for (Node node : List.of(network.node("norm"), network.node("norm_1"))) {
                    float[] before = values(initial, node, statistic);
                    float[] after = values(trained.weights(), node, statistic);
                    assertThat(Arrays.equals(before, after))
                            .as("%s of %s kept", statistic, node.name())
                            .isEqualTo(node.name().equals("norm_1"));
                }
            }
        }
    }

    /** Filters that fill oneDNN's blocks of 16 and 8 and that do not. */
    @ParameterizedTest
    @CsvSource({
        "5, true, true",
        "5, true, false",
        "5, false, true",
        "5, false, false",
        "16, true, true",
        "16, false, false",
        "20, true, true",
        "20, false, true",
        "32, true, false"
    })
    void gradientsThroughTheBatchAgreeWithCentralDifferences(int filters, boolean center, boolean scale) {
        Network network = network(filters, center, scale);
        Weights initial = RandomNetworks.weights(filters);
        float[] images = RandomNetworks.images(filters, network, IMAGES);
        Map<String, double[]> values = new HashMap<>();
        for (Node node : network.nodes()) {
            for (WeightSpec weight : node.weights()) {
                values.put(
                        node.name() + "/" + weight.name(),
                        doubles(initial.values(node, weight).array()));
            }
        }
        try (OneDnnTraining trained = new OneDnnTraining(network, initial, setup(network, IMAGES))) {
            BatchResult result = trained.train(FloatBuffer.wrap(images), TARGETS, IMPORTANCE, IMAGES);
            assertThat(result.lossSum() / IMAGES).isCloseTo(loss(values, images), within(1e-5));
            for (Node node : network.nodes()) {
                for (WeightSpec weight : node.weights()) {
                    if (weight.trainable()) {
                        float[] gradient = trained.gradient(node.name(), weight.name());
                        double[] moved = values.get(node.name() + "/" + weight.name());
                        for (int i = 0; i < moved.length; i++) {
                            double value = moved[i];
                            moved[i] = value + STEP;
                            double ahead = loss(values, images);
                            moved[i] = value - STEP;
                            double behind = loss(values, images);
                            moved[i] = value;
                            assertThat((double) gradient[i])
                                    .as("%s of %s, %d", weight.name(), node.name(), i)
                                    .isCloseTo((ahead - behind) / (2 * STEP), within(2e-5));
                        }
                    }
                }
            }
        }
    }

    /** Convolutions of single cells, so that plain loops over rows, one for each cell of the batch, compute the same. */
    private static Network network(int filters, boolean center, boolean scale) {
        BatchNormalization norm = new BatchNormalization(0.99, 1e-3, center, scale);
        Window one = Window.of(1, 1, Padding.VALID);
        NetworkBuilder builder = Network.builder("norms", "input", Shape.of(2, CELLS / 2, CHANNELS));
        String x = builder.add("conv", new Conv2D(filters, one, false, ActivationFunction.LINEAR), "input");
        x = builder.add("norm", norm, x);
        x = builder.add("relu", new Activation(ActivationFunction.RELU), x);
        x = builder.add("conv_1", new Conv2D(CLASSES, one, true, ActivationFunction.TANH), x);
        x = builder.add("norm_1", norm, x);
        x = builder.add("mean", new GlobalPooling2D(Pooling.AVERAGE), x);
        x = builder.add("norm_2", norm, x);
        return builder.build(builder.add("class", new Dense(CLASSES, true, ActivationFunction.SOFTMAX), x));
    }

    private static double loss(Map<String, double[]> values, float[] images) {
        double[][] rows = new double[IMAGES * CELLS][CHANNELS];
        for (int i = 0; i < images.length; i++) {
            rows[i / CHANNELS][i % CHANNELS] = images[i];
        }
        rows = normalized(multiplied(rows, values, "conv"), values, "norm");
        for (double[] row : rows) {
            Arrays.setAll(row, i -> Math.max(0, row[i]));
        }
        rows = multiplied(rows, values, "conv_1");
        for (double[] row : rows) {
            Arrays.setAll(row, i -> Math.tanh(row[i]));
        }
        rows = normalized(rows, values, "norm_1");
        double[][] means = new double[IMAGES][CLASSES];
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < CLASSES; c++) {
                means[r / CELLS][c] += rows[r][c] / CELLS;
            }
        }
        double[][] logits = multiplied(normalized(means, values, "norm_2"), values, "class");
        double loss = 0;
        for (int i = 0; i < IMAGES; i++) {
            double sum = Arrays.stream(logits[i]).map(Math::exp).sum();
            loss += IMPORTANCE[i] * (Math.log(sum) - logits[i][TARGETS[i]]) / IMAGES;
        }
        return loss;
    }

    private static double[][] multiplied(double[][] rows, Map<String, double[]> values, String layer) {
        double[] kernel = values.get(layer + "/kernel");
        double[] bias = values.get(layer + "/bias");
        int outputs = kernel.length / rows[0].length;
        double[][] products = new double[rows.length][outputs];
        for (int r = 0; r < rows.length; r++) {
            for (int o = 0; o < outputs; o++) {
                products[r][o] = bias == null ? 0 : bias[o];
                for (int i = 0; i < rows[r].length; i++) {
                    products[r][o] += rows[r][i] * kernel[i * outputs + o];
                }
            }
        }
        return products;
    }

    private static double[][] normalized(double[][] rows, Map<String, double[]> values, String layer) {
        double[] gamma = values.get(layer + "/gamma");
        double[] beta = values.get(layer + "/beta");
        double[][] normal = new double[rows.length][rows[0].length];
        for (int c = 0; c < rows[0].length; c++) {
            double mean = 0;
            double squares = 0;
            for (double[] row : rows) {
                mean += row[c] / rows.length;
            }
            for (double[] row : rows) {
                squares += (row[c] - mean) * (row[c] - mean) / rows.length;
            }
            for (int r = 0; r < rows.length; r++) {
                normal[r][c] = (rows[r][c] - mean) / Math.sqrt(squares + 1e-3) * (gamma == null ? 1 : gamma[c])
                        + (beta == null ? 0 : beta[c]);
            }
        }
        return normal;
    }

    private static TrainingSetup setup(Network network, int images) {
        Set<String> all = Set.copyOf(RandomNetworks.names(network));
        return new TrainingSetup(all, all, Optimizer.of(new Sgd(0, false), 0), images, 1);
    }

    private static float[] values(Weights weights, Node node, String name) {
        for (WeightSpec weight : node.weights()) {
            if (weight.name().equals(name)) {
                float[] values = new float[(int) weight.shape().elements()];
                weights.values(node, weight).get(values);
                return values;
            }
        }
        throw new AssertionError(name);
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }
}
