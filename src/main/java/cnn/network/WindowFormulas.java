package cnn.network;

import java.util.List;

/** How many positions a window has on each axis, as formulas (Dumoulin and Visin, arXiv:1603.07285, relationships 5, 6 and 15). */
record WindowFormulas(Window window, Shape input, Shape output) {

    /** Of a convolution or pooling. */
    List<Formula> sliding() {
        return List.of(
                new Formula(
                        "height",
                        positions(input.height(), rows(), extentHeight(), window.strideHeight()),
                        output.height()),
                new Formula(
                        "width",
                        positions(input.width(), columns(), extentWidth(), window.strideWidth()),
                        output.width()));
    }

    /** Of the transpose of a convolution. */
    List<Formula> transposed() {
        return List.of(
                new Formula("height", reach(input.height(), rows(), window.strideHeight()), output.height()),
                new Formula("width", reach(input.width(), columns(), window.strideWidth()), output.width()));
    }

    private String positions(int size, String extent, int cells, int stride) {
        if (window.padding() == Padding.SAME) {
            return "ceil(%d/%d)".formatted(size, stride);
        }
        String steps = "(%d - %s + 2x0)/%d".formatted(size, extent, stride);
        return ((size - cells) % stride == 0 ? steps : "floor(" + steps + ")") + " + 1";
    }

    private String reach(int size, String extent, int stride) {
        return window.padding() == Padding.SAME
                ? Formula.product(size, stride)
                : "(%d - 1)x%d + %s".formatted(size, stride, extent);
    }

    private String rows() {
        return extent(window.kernelHeight(), window.dilationHeight());
    }

    private String columns() {
        return extent(window.kernelWidth(), window.dilationWidth());
    }

    private static String extent(int kernel, int dilation) {
        return dilation == 1 ? String.valueOf(kernel) : "((%d - 1)x%d + 1)".formatted(kernel, dilation);
    }

    private int extentHeight() {
        return (window.kernelHeight() - 1) * window.dilationHeight() + 1;
    }

    private int extentWidth() {
        return (window.kernelWidth() - 1) * window.dilationWidth() + 1;
    }
}
