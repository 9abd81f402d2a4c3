package cnn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The arithmetic of a layer: how its output's size, its parameters and its multiply-adds follow from its input. */
public final class LayerFormulas extends WithoutFormulas {
    private final Node node;

    private LayerFormulas(Node node) {
        this.node = node;
    }

    /** The formulas of a layer: sizes, {@code params}, {@code multiply_adds}; those that are 0 or the input's are left out. */
    public static List<Formula> of(Node node) {
        return node.layer().accept(new LayerFormulas(node));
    }

    @Override
    public List<Formula> conv2D(Conv2D layer) {
        int channels = input().channels();
        String in = layer.groups() == 1 ? String.valueOf(channels) : "(%d/%d)".formatted(channels, layer.groups());
        String kernel = kernel(layer.window()) + "x" + in;
        return with(
                sliding(layer.window()),
                params(Formula.withBias(kernel, layer.useBias()) + " x " + layer.filters()),
                multiplyAdds(outputs() + " x " + kernel));
    }

    @Override
    public List<Formula> depthwiseConv2D(DepthwiseConv2D layer) {
        String kernel = kernel(layer.window());
        return with(
                multiplied(sliding(layer.window()), layer.depthMultiplier()),
                params(Formula.withBias(kernel, layer.useBias()) + " x " + product(layer.depthMultiplier())),
                multiplyAdds(outputs() + " x " + kernel));
    }

    @Override
    public List<Formula> separableConv2D(SeparableConv2D layer) {
        String depthwise = kernel(layer.window()) + "x" + product(layer.depthMultiplier());
        String middle = product(layer.depthMultiplier());
        Shape cells = layer.middle(input());
        return with(
                sliding(layer.window()),
                params(depthwise + " + " + Formula.withBias(middle, layer.useBias()) + " x " + layer.filters()),
                multiplyAdds("%s x %s + %s x %s"
                        .formatted(
                                Formula.product(cells.sizes()), kernel(layer.window()), outputs(), cells.channels())));
    }

    @Override
    public List<Formula> conv2DTranspose(Conv2DTranspose layer) {
        String kernel = kernel(layer.window());
        return with(
                new WindowFormulas(layer.window(), input(), node.outputShape()).transposed(),
                params(Formula.withBias(kernel + "x" + input().channels(), layer.useBias()) + " x " + layer.filters()),
                multiplyAdds("%s x %s".formatted(Formula.product(input().sizes()), kernel + "x" + layer.filters())));
    }

    @Override
    public List<Formula> dense(Dense layer) {
        String in = String.valueOf(input().channels());
        return List.of(
                params(Formula.withBias(in, layer.useBias()) + " x " + layer.units()),
                multiplyAdds(outputs() + " x " + in));
    }

    @Override
    public List<Formula> batchNormalization(BatchNormalization layer) {
        return weights();
    }

    @Override
    public List<Formula> layerNormalization(LayerNormalization layer) {
        return weights();
    }

    @Override
    public List<Formula> groupNormalization(GroupNormalization layer) {
        return weights();
    }

    @Override
    public List<Formula> normalization(Normalization layer) {
        return weights();
    }

    @Override
    public List<Formula> layerScale(LayerScale layer) {
        return weights();
    }

    @Override
    public List<Formula> prelu(PReLU layer) {
        return weights();
    }

    @Override
    public List<Formula> zeroPadding2D(ZeroPadding2D layer) {
        Pads pads = layer.pads();
        return sizes("%d + %d + %d", pads);
    }

    @Override
    public List<Formula> cropping2D(Cropping2D layer) {
        return sizes("%d - %d - %d", layer.sides());
    }

    @Override
    public List<Formula> upSampling2D(UpSampling2D layer) {
        return List.of(
                new Formula(
                        "height",
                        Formula.product(input().height(), layer.height()),
                        node.outputShape().height()),
                new Formula(
                        "width",
                        Formula.product(input().width(), layer.width()),
                        node.outputShape().width()));
    }

    @Override
    public List<Formula> pooling2D(Pooling2D layer) {
        return sliding(layer.window());
    }

    @Override
    public List<Formula> concatenate(Concatenate layer) {
        List<Integer> sizes = node.outputShape().sizes();
        int place = layer.place(sizes.size());
        String sum = node.inputShapes().stream()
                .map(shape -> String.valueOf(shape.sizes().get(place)))
                .collect(Collectors.joining(" + "));
        String axis = List.of("height", "width", "channels").get(place + 3 - sizes.size());
        return List.of(new Formula(sizes.size() == 1 ? "length" : axis, sum, sizes.get(place)));
    }

    @Override
    public List<Formula> flatten(Flatten layer) {
        return List.of(new Formula(
                "length", Formula.product(input().sizes()), node.outputShape().elements()));
    }

    @Override
    public List<Formula> channelsFirst(ChannelsFirst layer) {
        List<Shape> inputs =
                node.inputShapes().stream().map(ChannelsFirst::last).toList();
        return of(new Node(node.name(), layer.layer(), node.inputs(), inputs, ChannelsFirst.last(node.outputShape())));
    }

    private Shape input() {
        return node.inputShape();
    }

    private String outputs() {
        return Formula.product(node.outputShape().sizes());
    }

    private List<Formula> sliding(Window window) {
        return new WindowFormulas(window, input(), node.outputShape()).sliding();
    }

    private List<Formula> multiplied(List<Formula> sizes, int depthMultiplier) {
        return depthMultiplier == 1
                ? sizes
                : with(
                        sizes,
                        new Formula(
                                "channels",
                                product(depthMultiplier),
                                node.outputShape().channels()));
    }

    /** Channels of the input times the depth multiplier. */
    private String product(int depthMultiplier) {
        int channels = input().channels();
        return depthMultiplier == 1 ? String.valueOf(channels) : Formula.product(channels, depthMultiplier);
    }

    private List<Formula> sizes(String formula, Pads pads) {
        return List.of(
                new Formula(
                        "height",
                        formula.formatted(input().height(), pads.top(), pads.bottom()),
                        node.outputShape().height()),
                new Formula(
                        "width",
                        formula.formatted(input().width(), pads.left(), pads.right()),
                        node.outputShape().width()));
    }

    /** One number of each weight for each of the sizes that it has. */
    private List<Formula> weights() {
        List<String> sizes = node.weights().stream()
                .map(weight -> Formula.product(weight.shape().sizes()))
                .toList();
        if (sizes.isEmpty()) {
            return List.of();
        }
        boolean alike = sizes.stream().distinct().count() == 1;
        return List.of(
                params(alike && sizes.size() > 1 ? sizes.size() + " x " + sizes.get(0) : String.join(" + ", sizes)));
    }

    private Formula params(String expression) {
        return new Formula("params", expression, node.parameters());
    }

    private Formula multiplyAdds(String expression) {
        return new Formula("multiply_adds", expression, node.multiplyAdds());
    }

    private static String kernel(Window window) {
        return Formula.product(window.kernelHeight(), window.kernelWidth());
    }

    private static List<Formula> with(List<Formula> sizes, Formula... others) {
        List<Formula> all = new ArrayList<>(sizes);
        all.addAll(List.of(others));
        return all;
    }
}
