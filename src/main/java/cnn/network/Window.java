package cnn.network;

import cnn.UserError;
import java.util.Optional;

/** A window sliding over a feature map: kernel, stride and dilation in cells, (height, width) each, and what happens at the border. */
public record Window(
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int dilationHeight,
        int dilationWidth,
        Padding padding) {

    /**
     * How far a window may reach and step on any input, and on a larger one its size: networks for segmentation dilate by up
     * to 36 cells on maps of 14. What is larger sees padding only.
     */
    static final int REACH = 256;

    public Window {
        int least = Math.min(kernelHeight, kernelWidth);
        least = Math.min(least, Math.min(strideHeight, strideWidth));
        least = Math.min(least, Math.min(dilationHeight, dilationWidth));
        if (least < 1) {
            throw new IllegalArgumentException("kernel, stride and dilation must be positive");
        }
    }

    /** A square window without dilation. */
    public static Window of(int kernel, int stride, Padding padding) {
        return of(kernel, kernel, stride, padding);
    }

    /** A window without dilation, with the same stride both ways. */
    public static Window of(int kernelHeight, int kernelWidth, int stride, Padding padding) {
        return new Window(kernelHeight, kernelWidth, stride, stride, 1, 1, padding);
    }

    /** The map that results from {@code input}, with {@code channels} channels. */
    Shape output(Shape input, int channels) {
        return Shape.of(
                positions("height", input.height(), kernelHeight, strideHeight, dilationHeight),
                positions("width", input.width(), kernelWidth, strideWidth, dilationWidth),
                channels);
    }

    /** The cells of padding that this window adds round {@code input}; none where the padding is {@link Padding#VALID}. */
    public Pads pads(Shape input) {
        if (padding == Padding.VALID) {
            return Pads.NONE;
        }
        int vertical = samePadding(input.height(), kernelHeight, strideHeight, dilationHeight);
        int horizontal = samePadding(input.width(), kernelWidth, strideWidth, dilationWidth);
        return new Pads(vertical / 2, vertical - vertical / 2, horizontal / 2, horizontal - horizontal / 2);
    }

    /** What the last windows of rows and columns do not reach of {@code input}, in words; empty if the stride fits. */
    Optional<String> leftOver(Shape input) {
        if (padding == Padding.SAME) {
            return Optional.empty();
        }
        int rows = (input.height() - extent(kernelHeight, dilationHeight)) % strideHeight;
        int columns = (input.width() - extent(kernelWidth, dilationWidth)) % strideWidth;
        String stride = strideHeight == strideWidth ? "" + strideHeight : strideHeight + "x" + strideWidth;
        return rows + columns == 0
                ? Optional.empty()
                : Optional.of("a window of %dx%d with stride %s does not fit %dx%d: rows left over %d, columns %d"
                        .formatted(kernelHeight, kernelWidth, stride, input.height(), input.width(), rows, columns));
    }

    private int positions(String axis, int size, int kernel, int stride, int dilation) {
        long extent = (kernel - 1L) * dilation + 1;
        if (padding == Padding.SAME) {
            int most = Math.max(size, REACH);
            if (extent > most || dilation > most || stride > most) {
                throw UserError.data("a window of %d cells, %d apart, with stride %d is too much for an input of %s %d"
                        .formatted(kernel, dilation, stride, axis, size));
            }
            return (size - 1) / stride + 1;
        }
        if (size < extent) {
            throw UserError.data("a window of %s %d does not fit into an input of %s %d; give a larger input size"
                    .formatted(axis, extent, axis, size));
        }
        return (int) (size - extent) / stride + 1;
    }

    private static int samePadding(int size, int kernel, int stride, int dilation) {
        int positions = (size - 1) / stride + 1;
        return Math.max(0, (positions - 1) * stride + extent(kernel, dilation) - size);
    }

    private static int extent(int kernel, int dilation) {
        return (kernel - 1) * dilation + 1;
    }
}
