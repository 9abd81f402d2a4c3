package cnn.network;

import static cnn.network.ActivationFunction.LINEAR;
import static cnn.network.ActivationFunction.RELU;
import static cnn.network.Padding.SAME;
import static cnn.network.Padding.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What every way to compute convolutions and poolings must give, worked out by hand. */
public interface WindowContract extends ForwardPasses {
    Offset<Float> EXACT = Offset.offset(1e-4f);
    Window DILATED = new Window(2, 2, 1, 1, 2, 2, VALID);
    Window DILATED_SAME = new Window(2, 2, 1, 1, 2, 2, SAME);

    @Test
    default void convolutionIsACorrelation() {
        OneLayer layer =
                new OneLayer(Shape.of(3, 3, 1), convolution(1, Window.of(2, 1, VALID))).with("kernel", 1, 2, 3, 4);
        assertThat(layer.run(this, oneTo(9))).containsExactly(floats(37, 47, 67, 77), EXACT);
    }

    @Test
    default void convolutionSumsOverInputChannelsForEachFilter() {
        Layer convolution = new Conv2D(3, Window.of(1, 2, 1, VALID), true, LINEAR);
        OneLayer layer = new OneLayer(Shape.of(1, 2, 2), convolution)
                .with("kernel", oneTo(12))
                .with("bias", 0.5f, 0, -0.5f);
        assertThat(layer.run(this, oneTo(4))).containsExactly(floats(70.5f, 80, 89.5f), EXACT);
    }

    @Test
    default void convolutionIsFollowedByItsActivation() {
        Layer convolution = new Conv2D(2, Window.of(1, 1, SAME), true, RELU);
        OneLayer layer = new OneLayer(Shape.of(1, 2, 1), convolution)
                .with("kernel", 1, -1)
                .with("bias", -1, 1);
        assertThat(layer.run(this, 3, -3)).containsExactly(floats(2, 0, 0, 4), EXACT);
    }

    @Test
    default void evenKernelPadsBottomAndRight() {
        OneLayer layer =
                new OneLayer(Shape.of(2, 2, 1), convolution(1, Window.of(2, 1, SAME))).with("kernel", 1, 10, 100, 1000);
        assertThat(layer.run(this, oneTo(4))).containsExactly(floats(4321, 402, 43, 4), EXACT);
    }

    @Test
    default void strideTwoOnAnEvenSizePadsBottomAndRight() {
        OneLayer layer = new OneLayer(Shape.of(4, 4, 1), convolution(1, Window.of(3, 2, SAME))).with("kernel", ones(9));
        assertThat(layer.run(this, oneTo(16))).containsExactly(floats(54, 45, 72, 54), EXACT);
    }

    @Test
    default void strideTwoOnAnOddSizePadsAllSides() {
        OneLayer layer = new OneLayer(Shape.of(3, 3, 1), convolution(1, Window.of(3, 2, SAME))).with("kernel", ones(9));
        assertThat(layer.run(this, oneTo(9))).containsExactly(floats(12, 16, 24, 28), EXACT);
    }

    @Test
    default void strideAndKernelDifferByAxis() {
        Window window = new Window(2, 1, 1, 2, 1, 1, SAME);
        OneLayer layer = new OneLayer(Shape.of(2, 3, 1), convolution(1, window)).with("kernel", 1, 10);
        assertThat(layer.run(this, oneTo(6))).containsExactly(floats(41, 63, 4, 6), EXACT);
    }

    @Test
    default void dilationSpreadsTheKernel() {
        OneLayer valid = new OneLayer(Shape.of(3, 3, 1), convolution(1, DILATED)).with("kernel", 1, 2, 3, 4);
        assertThat(valid.run(this, oneTo(9))).containsExactly(floats(64), EXACT);
        OneLayer same = new OneLayer(Shape.of(3, 3, 1), convolution(1, DILATED_SAME)).with("kernel", 1, 2, 3, 4);
        assertThat(same.run(this, oneTo(9))).containsExactly(floats(20, 36, 15, 36, 64, 26, 10, 16, 5), EXACT);
    }

    @Test
    default void depthwiseKeepsAChannelsOutputsTogether() {
        Layer depthwise = new DepthwiseConv2D(Window.of(1, 2, 1, VALID), 2, true, LINEAR);
        OneLayer layer = new OneLayer(Shape.of(1, 2, 2), depthwise)
                .with("depthwise_kernel", oneTo(8))
                .with("bias", 1, 2, 3, 4);
        assertThat(layer.run(this, oneTo(4))).containsExactly(floats(17, 22, 37, 44), EXACT);
    }

    @Test
    default void depthwisePadsAndDilatesLikeAConvolution() {
        OneLayer strided =
                new OneLayer(Shape.of(4, 4, 1), depthwise(Window.of(3, 2, SAME))).with("depthwise_kernel", ones(9));
        assertThat(strided.run(this, oneTo(16))).containsExactly(floats(54, 45, 72, 54), EXACT);
        OneLayer dilated =
                new OneLayer(Shape.of(3, 3, 1), depthwise(DILATED_SAME)).with("depthwise_kernel", 1, 2, 3, 4);
        assertThat(dilated.run(this, oneTo(9))).containsExactly(floats(20, 36, 15, 36, 64, 26, 10, 16, 5), EXACT);
    }

    @Test
    default void maximumIsNeverThatOfPaddedCells() {
        OneLayer layer = new OneLayer(Shape.of(3, 3, 1), new Pooling2D(Pooling.MAX, Window.of(2, 2, SAME)));
        float[] negative = {-1, -2, -3, -4, -5, -6, -7, -8, -9};
        assertThat(layer.run(this, negative)).containsExactly(floats(-1, -3, -7, -9), EXACT);
    }

    @Test
    default void meanDoesNotCountPaddedCells() {
        OneLayer strided = new OneLayer(Shape.of(3, 3, 1), new Pooling2D(Pooling.AVERAGE, Window.of(2, 2, SAME)));
        assertThat(strided.run(this, oneTo(9))).containsExactly(floats(3, 4.5f, 7.5f, 9), EXACT);
        OneLayer wide = new OneLayer(Shape.of(2, 2, 1), new Pooling2D(Pooling.AVERAGE, Window.of(3, 1, SAME)));
        assertThat(wide.run(this, oneTo(4))).containsExactly(floats(2.5f, 2.5f, 2.5f, 2.5f), EXACT);
    }

    @Test
    default void poolingLeavesOutWhatNoWholeWindowCovers() {
        OneLayer layer = new OneLayer(Shape.of(3, 2, 2), new Pooling2D(Pooling.MAX, Window.of(2, 2, VALID)));
        assertThat(layer.run(this, oneTo(12))).containsExactly(floats(7, 8), EXACT);
    }

    @Test
    default void zeroPaddingHasFourSides() {
        OneLayer layer = new OneLayer(Shape.of(1, 1, 2), new ZeroPadding2D(new Pads(1, 0, 0, 2)));
        assertThat(layer.run(this, 1, 2)).containsExactly(floats(0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0), EXACT);
    }

    private static Layer convolution(int filters, Window window) {
        return new Conv2D(filters, window, false, LINEAR);
    }

    private static Layer depthwise(Window window) {
        return new DepthwiseConv2D(window, 1, false, LINEAR);
    }

    private static float[] oneTo(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i + 1;
        }
        return values;
    }

    private static float[] ones(int n) {
        float[] values = new float[n];
        Arrays.fill(values, 1);
        return values;
    }

    private static float[] floats(float... values) {
        return values;
    }
}
