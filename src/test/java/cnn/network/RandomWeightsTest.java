package cnn.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels start as Keras's {@code initializers/random_initializers.py} defines them, whatever the fans are. */
class RandomWeightsTest {

    /**
     * @param variance of Keras's {@code VarianceScaling}: scale by fan-in, by fan-out, or by the mean of both
     * @param bound by how many standard deviations the farthest value may lie off
     */
    @ParameterizedTest
    @CsvSource({
        "GLOROT_UNIFORM, 0.0023148148, 1.7320508",
        "HE_UNIFORM, 0.0034722222, 1.7320508",
        "HE_NORMAL, 0.0034722222, 2.2736926",
        "FAN_OUT_NORMAL, 0.0069444444, 2.2736926",
        "FAN_OUT_UNIFORM, 0.0011574074, 1.7320508"
    })
    void drawsWithTheVarianceOfTheFans(KernelInitializer initializer, double variance, double bound) {
        Conv2D layer = new Conv2D(
                32, Window.of(3, 1, Padding.SAME), false, ActivationFunction.LINEAR, initializer); // fans 576 and 288
        NetworkBuilder builder = Network.builder("network", "input", Shape.of(4, 4, 64));
        Node node = builder.build(builder.add("layer", layer, "input")).node("layer");
        FloatBuffer values = new RandomWeights(7).values(node, node.weights().get(0));
        double sum = 0;
        double squares = 0;
        double farthest = 0;
        for (int i = 0; i < values.capacity(); i++) {
            sum += values.get(i);
            squares += values.get(i) * values.get(i);
            farthest = Math.max(farthest, Math.abs(values.get(i)));
        }
        double deviation = Math.sqrt(variance);
        assertThat(sum / values.capacity()).isCloseTo(0, within(0.03 * deviation));
        assertThat(squares / values.capacity()).isCloseTo(variance, within(0.03 * variance));
        assertThat(farthest / deviation).isBetween(0.99 * bound, bound);
    }
}
