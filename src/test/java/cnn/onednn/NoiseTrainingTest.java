package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cnn.network.ActivationFunction;
import cnn.network.Dense;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.KerasType;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Noise;
import cnn.network.PassThrough;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.BatchResult;
import cnn.program.ClassGradient;
import cnn.program.Draw;
import cnn.program.Optimizer;
import cnn.program.Precision;
import cnn.program.RandomNetworks;
import cnn.program.Sgd;
import cnn.program.TrainingSetup;
import cnn.program.UnsupportedLayerException;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random numbers of other layers than plain dropout: how they are drawn, and the training step with them. */
class NoiseTrainingTest {
    private static final int MANY = 1 << 18;
    private static final long SEED = 42;
    private static final Weights WEIGHTS = RandomNetworks.weights(3);

    @ParameterizedTest
    @CsvSource({"GAUSSIAN_FACTORS, 0.2, 1, 0.5", "GAUSSIAN_TERMS, 0.3, 0, 0.3"})
    void gaussianNumbersHaveMeanAndDeviation(Draw.Kind kind, double amount, double mean, double deviation) {
        double[] moments = moments(drawn(kind, amount, MANY));
        assertThat(moments[0]).isCloseTo(mean, within(5 * deviation / Math.sqrt(MANY)));
        assertThat(Math.sqrt(moments[1])).isCloseTo(deviation, within(0.01 * deviation));
    }

    /** Of numbers with mean 0 and variance 1. */
    @Test
    void alphaDropoutKeepsMeanAndVariance() {
        float[] normal = drawn(Draw.Kind.GAUSSIAN_TERMS, 1, MANY);
        float[] factors = drawn(Draw.Kind.ALPHA_FACTORS, 0.3, MANY);
        float[] terms = drawn(Draw.Kind.ALPHA_TERMS, 0.3, MANY);
        for (int i = 0; i < MANY; i++) {
            normal[i] = normal[i] * factors[i] + terms[i];
        }
        double[] moments = moments(normal);
        assertThat(moments[0]).isCloseTo(0, within(0.02));
        assertThat(moments[1]).isCloseTo(1, within(0.02));
    }

    @Test
    void aStepIsThatOfTheChangedInput() {
        for (Noise.Kind kind : Noise.Kind.values()) {
            assertStep(new Noise(kind, 0.4));
        }
        assertStep(new Dropout(0.4, 3));
    }

    @Test
    void activityRegularizationsAreRefused() {
        Layer layer = new PassThrough(KerasType.ACTIVITY_REGULARIZATION, Map.of("l1", 0.0, "l2", 0.1));
        assertThatThrownBy(() -> new OneDnnTraining(network(layer), WEIGHTS, setup()))
                .isInstanceOf(UnsupportedLayerException.class)
                .hasMessageContaining("layer noise: training with an activity regularization");
    }

    /** The gradient by the kernel, of the step's loss with what was drawn worked into the input. */
    private static void assertStep(Layer layer) {
        Network network = network(layer);
        float[] image = RandomNetworks.images(1, network, 1);
        float[] changed = changed(layer, image);
        try (OneDnnTraining trained = new OneDnnTraining(network, WEIGHTS, setup());
                OneDnnTraining plain = new OneDnnTraining(network(new Dropout(0)), WEIGHTS, setup())) {
            BatchResult result = trained.train(FloatBuffer.wrap(image), new int[] {1}, new float[] {1}, 1);
            BatchResult expected = plain.train(FloatBuffer.wrap(changed), new int[] {1}, new float[] {1}, 1);
            assertThat(result.lossSum()).as("%s", layer).isCloseTo(expected.lossSum(), within(1e-5));
            float[] gradient = trained.gradient("classes", "kernel");
            float[] wanted = plain.gradient("classes", "kernel");
            for (int i = 0; i < wanted.length; i++) {
                assertThat(gradient[i]).as("%s, %d", layer, i).isCloseTo(wanted[i], within(1e-5f));
            }
        }
        try (ClassGradient ofClass = new OneDnn(Precision.FP32).gradient(network, WEIGHTS)) {
            assertThat(ofClass.of(FloatBuffer.wrap(image), 1)).hasSameSizeAs(image);
        }
    }

    private static float[] changed(Layer layer, float[] image) {
        float[] changed = image.clone();
        Draw.Kind first = layer instanceof Noise noise
                ? switch (noise.kind()) {
                    case SPATIAL_DROPOUT -> Draw.Kind.DROPOUT;
                    case GAUSSIAN_DROPOUT -> Draw.Kind.GAUSSIAN_FACTORS;
                    case GAUSSIAN_NOISE -> Draw.Kind.GAUSSIAN_TERMS;
                    case ALPHA_DROPOUT -> Draw.Kind.ALPHA_FACTORS;
                }
                : Draw.Kind.DROPOUT;
        boolean alpha = first == Draw.Kind.ALPHA_FACTORS;
        boolean added = first == Draw.Kind.GAUSSIAN_TERMS;
        int drawn = layer instanceof Dropout ? 1 : first == Draw.Kind.DROPOUT ? 6 : image.length;
        float[] numbers = drawn(first, 0.4, drawn);
        float[] terms = drawn(Draw.Kind.ALPHA_TERMS, 0.4, drawn);
        for (int i = 0; i < changed.length; i++) {
            float number = numbers[i % drawn];
            changed[i] = added ? image[i] + number : image[i] * number + (alpha ? terms[i] : 0);
        }
        return changed;
    }

    private static Network network(Layer layer) {
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(4, 3, 6));
        builder.add("noise", layer, "input");
        builder.add("flat", new Flatten(), "noise");
        return builder.build(builder.add("classes", new Dense(3, true, ActivationFunction.SOFTMAX), "flat"));
    }

    private static TrainingSetup setup() {
        return new TrainingSetup(Set.of("classes"), Set.of(), Optimizer.of(new Sgd(0, false), 0), 1, SEED);
    }

    private static float[] drawn(Draw.Kind kind, double amount, int count) {
        FloatBuffer numbers = FloatBuffer.allocate(count);
        new Draw(kind, amount).fill(numbers, SEED, "noise", 1);
        return numbers.array();
    }

    private static double[] moments(float[] numbers) {
        double sum = 0;
        double squares = 0;
        for (float number : numbers) {
            sum += number;
            squares += (double) number * number;
        }
        double mean = sum / numbers.length;
        return new double[] {mean, squares / numbers.length - mean * mean};
    }
}
