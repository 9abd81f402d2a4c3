package cnn.network;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.ActivationFunction.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cnn.UserError;
import java.nio.FloatBuffer;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every way to compute the layers without windows, and small networks of them, must give; worked out by hand. */
public interface LayerContract extends ForwardPasses {
    Offset<Float> CLOSE = Offset.offset(2e-6f);
    float LN2 = 0.6931472f;
    float LN5 = 1.6094379f;

    @Test
    default void denseHasOneColumnForEachUnit() {
        OneLayer layer = new OneLayer(Shape.of(2), new Dense(3, true, LINEAR))
                .with("kernel", 1, 2, 3, 4, 5, 6)
                .with("bias", 0.5f, 0, -0.5f);
        assertThat(layer.run(this, 1, 2)).containsExactly(floats(9.5f, 12, 14.5f), CLOSE);
    }

    /** Sizes round those that weights may be copied in. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "3, 1", "2, 63", "2, 64", "2, 65", "3, 129"})
    default void denseOfAnySize(int inputs, int units) {
        float[] kernel = new float[inputs * units];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = i;
        }
        OneLayer layer = new OneLayer(Shape.of(inputs), new Dense(units, false, LINEAR)).with("kernel", kernel);
        float[] last = new float[inputs];
        last[inputs - 1] = 1;
        float[] lastRow = new float[units];
        System.arraycopy(kernel, kernel.length - units, lastRow, 0, units);
        assertThat(layer.run(this, last)).containsExactly(lastRow, CLOSE);
    }

    @Test
    default void batchNormalizationWithGammaAndBeta() {
        OneLayer layer =
                normalization(Shape.of(1, 2, 2), true, true).with("gamma", 2, 1).with("beta", 1, 0.5f);
        assertThat(layer.run(this, 3, 5, 5, -1)).containsExactly(floats(3, 1.5f, 5, -0.5f), CLOSE);
    }

    @Test
    default void batchNormalizationWithoutGammaOrBetaOrBoth() {
        OneLayer noGamma = normalization(Shape.of(1, 2, 2), true, false).with("beta", 1, 0.5f);
        assertThat(noGamma.run(this, 3, 5, 5, -1)).containsExactly(floats(2, 1.5f, 3, -0.5f), CLOSE);
        OneLayer noBeta = normalization(Shape.of(1, 2, 2), false, true).with("gamma", 2, 1);
        assertThat(noBeta.run(this, 3, 5, 5, -1)).containsExactly(floats(2, 1, 4, -1), CLOSE);
        OneLayer neither = normalization(Shape.of(1, 2, 2), false, false);
        assertThat(neither.run(this, 3, 5, 5, -1)).containsExactly(floats(1, 1, 2, -1), CLOSE);
    }

    @Test
    default void batchNormalizationOfVectors() {
        OneLayer layer =
                normalization(Shape.of(2), true, true).with("gamma", 2, 1).with("beta", 1, 0.5f);
        assertThat(layer.run(this, 3, 5, 5, -1)).containsExactly(floats(3, 1.5f, 5, -0.5f), CLOSE);
    }

    @ParameterizedTest
    @CsvSource({
        "linear, -1, 0, 2, 8",
        "relu, 0, 0, 2, 8",
        "relu6, 0, 0, 2, 6",
        "tanh, -0.76159416, 0, 0.96402758, 0.99999977",
        "sigmoid, 0.26894142, 0.5, 0.88079708, 0.99966465",
        "leaky_relu, -0.2, 0, 2, 8",
        "elu, -0.63212056, 0, 2, 8",
        "selu, -1.11133074, 0, 2.10140197, 8.40560789",
        "silu, -0.26894142, 0, 1.76159416, 7.99731720",
        "mish, -0.30340146, 0, 1.94395896, 7.99999820",
        "softplus, 0.31326169, 0.69314718, 2.12692801, 8.00033541",
        "softsign, -0.5, 0, 0.66666667, 0.88888889",
        "hard_tanh, -1, 0, 1, 1"
    })
    default void activationsOfMapsAndVectors(String name, float a, float b, float c, float d) {
        ActivationFunction function = ActivationFunction.named(name).orElseThrow();
        OneLayer vector = new OneLayer(Shape.of(4), new Activation(function));
        assertThat(vector.run(this, -1, 0, 2, 8)).containsExactly(floats(a, b, c, d), CLOSE);
        OneLayer map = new OneLayer(Shape.of(1, 2, 2), new Activation(function));
        assertThat(map.run(this, -1, 0, 2, 8)).containsExactly(floats(a, b, c, d), CLOSE);
    }

    @Test
    default void softmaxRunsOverTheChannels() {
        OneLayer vector = new OneLayer(Shape.of(3), new Activation(SOFTMAX));
        assertThat(vector.run(this, 0, LN2, LN5)).containsExactly(floats(0.125f, 0.25f, 0.625f), CLOSE);
        OneLayer map = new OneLayer(Shape.of(2, 1, 3), new Activation(SOFTMAX));
        float[] both = {0.125f, 0.25f, 0.625f, 0.625f, 0.25f, 0.125f};
        assertThat(map.run(this, 0, LN2, LN5, LN5, LN2, 0)).containsExactly(both, CLOSE);
        OneLayer large = new OneLayer(Shape.of(2), new Activation(SOFTMAX));
        assertThat(large.run(this, 1000, 1000)).containsExactly(floats(0.5f, 0.5f), CLOSE);
    }

    @Test
    default void globalPoolingsGiveAVector() {
        float[] map = {1, -1, 2, -2, 3, -3, 6, -6};
        OneLayer max = new OneLayer(Shape.of(2, 2, 2), new GlobalPooling2D(Pooling.MAX));
        assertThat(max.run(this, map)).containsExactly(floats(6, -1), CLOSE);
        OneLayer average = new OneLayer(Shape.of(2, 2, 2), new GlobalPooling2D(Pooling.AVERAGE));
        assertThat(average.run(this, map)).containsExactly(floats(3, -3), CLOSE);
    }

    @Test
    default void flattenGoesRowByRowChannelsInnermost() {
        OneLayer layer = new OneLayer(Shape.of(2, 2, 2), new Flatten());
        assertThat(layer.run(this, 0, 1, 2, 3, 4, 5, 6, 7)).containsExactly(floats(0, 1, 2, 3, 4, 5, 6, 7), CLOSE);
    }

    @Test
    default void reshapeKeepsTheOrder() {
        float[] values = {0, 1, 2, 3, 4, 5, 6, 7};
        for (Shape from : List.of(Shape.of(8), Shape.of(2, 2, 2), Shape.of(1, 1, 8))) {
            for (Shape to : List.of(Shape.of(8), Shape.of(4, 1, 2), Shape.of(1, 1, 8))) {
                float[] reshaped = new OneLayer(from, new Reshape(to)).run(this, values);
                assertThat(reshaped).as("%s to %s", from, to).containsExactly(values, CLOSE);
            }
        }
    }

    @Test
    default void dropoutDoesNothing() {
        OneLayer layer = new OneLayer(Shape.of(3), new Dropout(0.9));
        assertThat(layer.run(this, 1, 2, 3)).containsExactly(floats(1, 2, 3), CLOSE);
    }

    @Test
    default void inputsOfSeveralLayersStayAsTheyAre() {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(1, 1, 2));
        builder.add("drop", new Dropout(0.5), "input");
        builder.add("relu", new Activation(RELU), "drop");
        builder.add("softmax", new Activation(SOFTMAX), "input");
        builder.add("add", new Add(), "input", "relu", "drop");
        builder.add("again", new Activation(RELU), "add");
        Network network = builder.build(builder.add("concatenate", new Concatenate(), "add", "softmax", "again"));
        List<String> outputs = List.of("concatenate", "relu", "add", "relu");
        try (ForwardPass pass = open(network, (node, weight) -> FloatBuffer.allocate(0), outputs)) {
            assertThat(pass.outputs()).extracting(Node::name).isEqualTo(outputs);
            for (int run = 0; run < 2; run++) {
                List<float[]> values = pass.run(FloatBuffer.wrap(floats(-1, -1)), 1);
                assertThat(values).hasSize(4);
                assertThat(values.get(0)).containsExactly(floats(-2, -2, 0.5f, 0.5f, 0, 0), CLOSE);
                assertThat(values.get(1)).containsExactly(floats(0, 0), CLOSE);
                assertThat(values.get(2)).containsExactly(floats(-2, -2), CLOSE);
                assertThat(values.get(3)).containsExactly(floats(0, 0), CLOSE);
            }
        }
    }

    @Test
    default void concatenationPutsChannelsBehindEachOther() {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(1, 2, 2));
        builder.add("relu", new Activation(RELU), "input");
        Network network = builder.build(builder.add("concatenate", new Concatenate(), "input", "relu"));
        try (ForwardPass pass = open(network, (node, weight) -> FloatBuffer.allocate(0), List.of("concatenate"))) {
            List<float[]> values = pass.run(FloatBuffer.wrap(floats(1, -2, -3, 4)), 1);
            assertThat(values.get(0)).containsExactly(floats(1, -2, 1, 0, -3, 4, 0, 4), CLOSE);
        }
    }

    @Test
    default void batchesOfChangingSizeAreReadFromTheBuffersPosition() {
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(1, 1, 2));
        Network network = builder.build(builder.add("relu", new Activation(RELU), "input"));
        FloatBuffer images = FloatBuffer.wrap(floats(9, 9, 1, -2, -3, 4)).position(2);
        try (ForwardPass pass = open(network, (node, weight) -> FloatBuffer.allocate(0), List.of("relu"))) {
            for (int run = 0; run < 2; run++) {
                assertThat(pass.run(images.duplicate(), 1).get(0)).containsExactly(floats(1, 0), CLOSE);
                assertThat(pass.run(images.duplicate(), 2).get(0)).containsExactly(floats(1, 0, 0, 4), CLOSE);
            }
        }
    }

    @Test
    default void refusesUnknownLayersAndWeightsOfAnotherSize() {
        OneLayer layer = new OneLayer(Shape.of(2), new Dense(3, false, LINEAR)).with("kernel", 1, 2, 3);
        assertThatThrownBy(() -> layer.run(this, 1, 2))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("layer")
                .hasMessageContaining("kernel");
        NetworkBuilder builder = Network.builder("test", "input", Shape.of(2));
        Network network = builder.build(builder.add("relu", new Activation(RELU), "input"));
        assertThatThrownBy(() -> open(network, layer, List.of("nosuch")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nosuch");
    }

    /** Means 1 and 2, variances that give deviations 2 and 3 with an epsilon of 1. */
    private static OneLayer normalization(Shape input, boolean center, boolean scale) {
        return new OneLayer(input, new BatchNormalization(0.99, 1, center, scale))
                .with("moving_mean", 1, 2)
                .with("moving_variance", 3, 8);
    }

    private static float[] floats(float... values) {
        return values;
    }
}
