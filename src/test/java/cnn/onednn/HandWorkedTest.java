package cnn.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Flatten;
import cnn.network.Network;
import cnn.network.NetworkBuilder;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.program.Precision;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Cases small enough to be worked out by hand. */
class HandWorkedTest {
    private static final float[] UP_TO_16 = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    private static final float[] UP_TO_9 = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void convolutionWithSamePaddingSumsNeighbours() {
        assertThat(convolved(4, Window.of(3, 1, Padding.SAME), UP_TO_16))
                .containsExactly(14, 24, 30, 22, 33, 54, 63, 45, 57, 90, 99, 69, 46, 72, 78, 54);
    }

    @Test
    void strideTwoOnAnEvenSizePadsBottomAndRightOnly() {
        assertThat(convolved(4, Window.of(3, 2, Padding.SAME), UP_TO_16)).containsExactly(54, 45, 72, 54);
    }

    @Test
    void strideTwoOnAnOddSizePadsBothSides() {
        assertThat(convolved(3, Window.of(3, 2, Padding.SAME), UP_TO_9)).containsExactly(12, 16, 24, 28);
    }

    @Test
    void depthwiseConvolutionKeepsChannelsApartAndMultipliesThem() {
        NetworkBuilder builder = builder(Shape.of(1, 1, 2));
        Window window = Window.of(1, 1, Padding.VALID);
        builder.add("dw", new DepthwiseConv2D(window, 2, false, ActivationFunction.LINEAR), "input");
        Weights weights = weights(Map.of("dw/depthwise_kernel", new float[] {2, 3, 5, 7}));
        assertThat(run(builder.build("dw"), weights, 10, 100)).containsExactly(20, 30, 500, 700);
    }

    @Test
    void meanWithSamePaddingDoesNotCountPadding() {
        NetworkBuilder builder = builder(Shape.of(3, 3, 1));
        builder.add("pool", new Pooling2D(Pooling.AVERAGE, Window.of(2, 2, Padding.SAME)), "input");
        assertThat(run(builder.build("pool"), null, UP_TO_9)).containsExactly(3, 4.5f, 7.5f, 9);
    }

    @Test
    void meanBehindAPaddingLayerCountsItsZeros() {
        NetworkBuilder builder = builder(Shape.of(2, 2, 1));
        builder.add("pad", new ZeroPadding2D(new Pads(1, 1, 1, 1)), "input");
        builder.add("pool", new Pooling2D(Pooling.AVERAGE, Window.of(2, 2, Padding.VALID)), "pad");
        assertThat(run(builder.build("pool"), null, 1, 2, 3, 4)).containsExactly(0.25f, 0.5f, 0.75f, 1);
    }

    @Test
    void maximumBehindAPaddingLayerSeesItsZeros() {
        NetworkBuilder builder = builder(Shape.of(2, 2, 1));
        builder.add("pad", new ZeroPadding2D(new Pads(1, 0, 0, 0)), "input");
        builder.add("pool", new Pooling2D(Pooling.MAX, new Window(2, 1, 1, 1, 1, 1, Padding.VALID)), "pad");
        assertThat(run(builder.build("pool"), null, -1, 2, -3, -4)).containsExactly(0, 2, -1, 2);
    }

    @Test
    void softmaxGivesShares() {
        NetworkBuilder builder = builder(Shape.of(3));
        builder.add("softmax", new Activation(ActivationFunction.SOFTMAX), "input");
        float[] shares = run(builder.build("softmax"), null, 0, (float) Math.log(2), (float) Math.log(5));
        assertThat(shares).containsExactly(new float[] {0.125f, 0.25f, 0.625f}, Offset.offset(1e-6f));
    }

    @Test
    void branchesStandOneBehindTheOther() {
        NetworkBuilder builder = builder(Shape.of(1, 2, 1));
        builder.add("twice", scale(), "input");
        builder.add("thrice", scale(), "input");
        builder.add("both", new Concatenate(), "thrice", "twice", "input");
        Weights weights = weights(Map.of("twice/kernel", new float[] {2}, "thrice/kernel", new float[] {3}));
        assertThat(run(builder.build("both"), weights, 1, 10)).containsExactly(3, 2, 1, 30, 20, 10);
    }

    @Test
    void sumLeavesAShortcutAloneThatIsReadAgain() {
        NetworkBuilder builder = builder(Shape.of(1, 2, 1));
        builder.add("shortcut", scale(), "input");
        builder.add("branch", scale(), "shortcut");
        builder.add("sum", new Add(), "branch", "shortcut");
        builder.add("relu", new Activation(ActivationFunction.RELU), "sum");
        builder.add("again", scale(), "shortcut");
        builder.add("total", new Add(), "relu", "again");
        float[] two = {2};
        Weights weights = weights(Map.of("shortcut/kernel", two, "branch/kernel", two, "again/kernel", two));
        // 2x, 2 * 2x + 2x = 6x or 0, and 2 * 2x besides
        assertThat(run(builder.build("total"), weights, 1, -1)).containsExactly(10, -4);
    }

    @Test
    void batchNormIsFoldedIntoKernelAndBias() {
        NetworkBuilder builder = builder(Shape.of(1, 2, 1));
        builder.add("conv", new Conv2D(1, Window.of(1, 1, Padding.SAME), true, ActivationFunction.LINEAR), "input");
        builder.add("norm", new BatchNormalization(0.99, 1, true, true), "conv");
        Weights weights = weights(Map.of(
                "conv/kernel", new float[] {2},
                "conv/bias", new float[] {1},
                "norm/gamma", new float[] {6},
                "norm/beta", new float[] {4},
                "norm/moving_mean", new float[] {5},
                "norm/moving_variance", new float[] {8}));
        // 6 (2x + 1 - 5) / 3 + 4
        assertThat(run(builder.build("norm"), weights, 0, 3)).containsExactly(-4, 8);
    }

    @Test
    void flattenGoesRowByRowWithChannelsInnermost() {
        NetworkBuilder builder = builder(Shape.of(1, 2, 2));
        builder.add("conv", new Conv2D(2, Window.of(1, 1, Padding.SAME), false, ActivationFunction.LINEAR), "input");
        builder.add("flat", new Flatten(), "conv");
        builder.add("dense", new Dense(1, false, ActivationFunction.LINEAR), "flat");
        Weights weights = weights(
                Map.of("conv/kernel", new float[] {1, 0, 0, 1}, "dense/kernel", new float[] {1000, 100, 10, 1}));
        assertThat(run(builder.build("dense"), weights, 1, 2, 3, 4)).containsExactly(1234);
    }

    private static float[] convolved(int size, Window window, float... image) {
        NetworkBuilder builder = builder(Shape.of(size, size, 1));
        builder.add("conv", new Conv2D(1, window, false, ActivationFunction.LINEAR), "input");
        float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
        return run(builder.build("conv"), weights(Map.of("conv/kernel", ones)), image);
    }

    private static Conv2D scale() {
        return new Conv2D(1, Window.of(1, 1, Padding.SAME), false, ActivationFunction.LINEAR);
    }

    private static NetworkBuilder builder(Shape input) {
        return Network.builder("by-hand", "input", input);
    }

    private static Weights weights(Map<String, float[]> values) {
        return (node, spec) -> FloatBuffer.wrap(values.get(node.name() + "/" + spec.name()));
    }

    private static float[] run(Network network, Weights weights, float... image) {
        List<String> outputs = List.of(network.output().name());
        try (CompiledNetwork compiled = CompiledNetwork.compile(network, weights, outputs, Precision.FP32, 1)) {
            return compiled.run(FloatBuffer.wrap(image), 1).get(0);
        }
    }
}
