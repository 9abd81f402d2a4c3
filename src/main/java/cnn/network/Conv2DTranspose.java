package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The transpose of a convolution, which turns results into places that gave them: kernel (height, width, filters, in).
 *
 * @param moreInFront whether of an odd number of cells to be cut off with padding {@code same} the larger half is in
 *     front, as Keras has it with torch, or behind, as with TensorFlow
 */
public record Conv2DTranspose(
        int filters, Window window, boolean useBias, ActivationFunction activation, boolean moreInFront)
        implements Layer {

    public Conv2DTranspose {
        if (filters < 1) {
            throw new IllegalArgumentException("a convolution needs at least one filter, not " + filters);
        }
        if (extentHeight(window) < window.strideHeight() || extentWidth(window) < window.strideWidth()) {
            throw new IllegalArgumentException("strides larger than the kernel are not supported");
        }
    }

    static Layer read(Arguments arguments, Shape input) {
        return new Conv2DTranspose(
                arguments.integer("filters"),
                arguments.window("kernel_size"),
                arguments.flag("use_bias", true),
                arguments.activation(),
                moreInFront(arguments));
    }

    /** Keras's backends agree where nothing is left over. */
    private static boolean moreInFront(Arguments arguments) {
        Window window = arguments.window("kernel_size");
        int rows = extentHeight(window) - window.strideHeight();
        int columns = extentWidth(window) - window.strideWidth();
        boolean odd = window.padding() == Padding.SAME && (rows % 2 != 0 || columns % 2 != 0);
        if (odd && arguments.origin().backend().isEmpty()) {
            throw arguments.unsupported(
                    "padding same with a kernel of %d and stride %d, of which Keras's backends make different things,"
                            .formatted(window.kernelHeight(), window.strideHeight()));
        }
        return odd && arguments.origin().backend().filter("torch"::equals).isPresent();
    }

    @Override
    public KerasType kerasType() {
        return KerasType.CONV2D_TRANSPOSE;
    }

    @Override
    public Map<String, Object> arguments() {
        return new ArgumentText()
                .with("filters", filters)
                .kernel(window)
                .activation(activation)
                .weights("kernel", kernelInitializer(), useBias)
                .none("output_padding")
                .map();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.map(inputs);
        return Shape.of(
                positions(input.height(), window.strideHeight(), extentHeight(window)),
                positions(input.width(), window.strideWidth(), extentWidth(window)),
                filters);
    }

    private int positions(int size, int stride, int extent) {
        int steps = Math.multiplyExact(size, stride);
        return window.padding() == Padding.SAME ? steps : Math.addExact(steps, Math.max(extent - stride, 0));
    }

    /** The cells that are cut off on each side of all that the kernel reaches. */
    public Pads cut(Shape input, Shape output) {
        int rows = (input.height() - 1) * window.strideHeight() + extentHeight(window) - output.height();
        int columns = (input.width() - 1) * window.strideWidth() + extentWidth(window) - output.width();
        int top = moreInFront ? rows - rows / 2 : rows / 2;
        int left = moreInFront ? columns - columns / 2 : columns / 2;
        return new Pads(top, rows - top, left, columns - left);
    }

    private static int extentHeight(Window window) {
        return (window.kernelHeight() - 1) * window.dilationHeight() + 1;
    }

    private static int extentWidth(Window window) {
        return (window.kernelWidth() - 1) * window.dilationWidth() + 1;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.trainable(
                "kernel",
                WeightRole.TRANSPOSED_KERNEL,
                window.kernelHeight(),
                window.kernelWidth(),
                filters,
                input.channels()));
        if (useBias) {
            weights.add(WeightSpec.trainable("bias", WeightRole.SHIFT, filters));
        }
        return weights;
    }

    @Override
    public long multiplyAdds(Shape input, Shape output) {
        long each = (long) window.kernelHeight() * window.kernelWidth() * filters;
        return Math.multiplyExact(input.elements(), each);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.conv2DTranspose(this);
    }
}
