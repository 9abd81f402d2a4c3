package cnn.program;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Channels;
import cnn.network.ChannelsFirst;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Conv2DTranspose;
import cnn.network.Cropping2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dot;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.GroupNormalization;
import cnn.network.InputLayer;
import cnn.network.KerasType;
import cnn.network.LayerNormalization;
import cnn.network.LayerScale;
import cnn.network.LayerVisitor;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Noise;
import cnn.network.Normalization;
import cnn.network.PReLU;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.PassThrough;
import cnn.network.Permute;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Rescaling;
import cnn.network.Reshape;
import cnn.network.Scalar;
import cnn.network.ScaledSum;
import cnn.network.SeparableConv2D;
import cnn.network.Shape;
import cnn.network.Softmax;
import cnn.network.UpSampling2D;
import cnn.network.WeightSpec;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a network into steps, layer by layer; the steps of a layer that does nothing are none. */
final class Lowering implements LayerVisitor<LayerSteps> {
    private static final List<Integer> TO_LAST = List.of(1, 2, 0);
    private static final List<Integer> TO_FIRST = List.of(2, 0, 1);

    private final boolean dropout;
    private final Map<String, Shape> shapes = new HashMap<>();
    /** For layers that do nothing the value that they pass on. */
    private final Map<String, String> aliases = new HashMap<>();
    /** Of values whose channels come first the same values with channels last. */
    private final Map<String, String> channelsLast = new HashMap<>();

    private Node node;
    private LayerSteps steps;
    private String target;

    private Lowering(boolean dropout) {
        this.dropout = dropout;
    }

    /** @param dropout whether dropout does anything */
    static Program lower(Network network, List<String> outputs, boolean dropout) {
        Lowering lowering = new Lowering(dropout);
        List<Step> steps = new ArrayList<>();
        for (Node node : network.leadingTo(outputs)) {
            steps.addAll(lowering.steps(node));
            if (outputs.contains(node.name())) {
                steps.add(new Step.Deliver(lowering.value(node.name()), node.name()));
            }
        }
        List<Node> delivered = outputs.stream().map(network::node).toList();
        return new Program(network.input(), Borders.absorb(read(steps)), lowering.shapes, delivered);
    }

    /** Without the steps whose results nobody reads. */
    private static List<Step> read(List<Step> steps) {
        Set<String> wanted = new HashSet<>();
        Deque<Step> read = new ArrayDeque<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step instanceof Step.Deliver || wanted.contains(step.target())) {
                wanted.addAll(step.sources());
                read.addFirst(step);
            }
        }
        return List.copyOf(read);
    }

    private List<Step> steps(Node next) {
        shapes.put(next.name(), next.outputShape());
        begin(next, next.name());
        next.layer().accept(this);
        if (steps.steps().isEmpty() && !next.inputs().isEmpty()) {
            aliases.put(next.name(), source());
        }
        return steps.steps();
    }

    private void begin(Node next, String value) {
        node = next;
        target = value;
        steps = new LayerSteps(next, value, shapes);
    }

    @Override
    public LayerSteps inputLayer(InputLayer input) {
        return steps;
    }

    @Override
    public LayerSteps conv2D(Conv2D convolution) {
        return convolve(convolution.window(), convolution.activation());
    }

    @Override
    public LayerSteps depthwiseConv2D(DepthwiseConv2D convolution) {
        return convolve(convolution.window(), convolution.activation());
    }

    @Override
    public LayerSteps separableConv2D(SeparableConv2D convolution) {
        List<WeightSpec> weights = node.weights();
        String middle = steps.inner("depthwise", convolution.middle(node.inputShape()));
        Pads pads = convolution.window().pads(node.inputShape());
        Kernel depthwise = new Kernel(node, weights.get(0), Optional.empty(), convolution.window(), List.of());
        Kernel pointwise =
                Kernel.point(node, weights.get(1), weights.stream().skip(2).findFirst());
        steps.add(new Step.Convolve(depthwise, source(), pads, Epilogue.NONE, middle));
        return steps.weighted(
                new Step.Convolve(pointwise, middle, Pads.NONE, Epilogue.NONE, target), convolution.activation());
    }

    @Override
    public LayerSteps conv2DTranspose(Conv2DTranspose convolution) {
        Pads cut = convolution.cut(node.inputShape(), node.outputShape());
        Kernel kernel = Kernel.of(node, convolution.window());
        return steps.weighted(
                new Step.Convolve(kernel, source(), cut, Epilogue.NONE, target), convolution.activation());
    }

    @Override
    public LayerSteps dense(Dense dense) {
        Kernel kernel = Kernel.of(node);
        if (kernel.isDense()) {
            return steps.weighted(new Step.Multiply(kernel, source(), Epilogue.NONE, target), dense.activation());
        }
        return node.inputShape().isMap()
                ? steps.weighted(
                        new Step.Convolve(kernel, source(), Pads.NONE, Epilogue.NONE, target), dense.activation())
                : steps.denseOnRows(source(), kernel, dense.activation());
    }

    @Override
    public LayerSteps batchNormalization(BatchNormalization norm) {
        return steps.add(new Step.Normalize(new Norm(node, norm), source(), target));
    }

    @Override
    public LayerSteps layerNormalization(LayerNormalization norm) {
        return steps.add(new Step.NormalizeCells(Optional.of(node), norm.epsilon(), source(), target));
    }

    @Override
    public LayerSteps groupNormalization(GroupNormalization norm) {
        return steps.groupNorm(norm, source());
    }

    @Override
    public LayerSteps normalization(Normalization norm) {
        return steps.add(new Pointwise.Affine(node, norm, source(), target));
    }

    @Override
    public LayerSteps rescaling(Rescaling rescaling) {
        return rescaling
                .single()
                .map(term -> steps.add(new Step.Activate(term, source(), target)))
                .orElseGet(() -> steps.add(new Pointwise.Affine(node, rescaling, source(), target)));
    }

    @Override
    public LayerSteps layerScale(LayerScale scale) {
        Kernel factors = Kernel.factors(node, node.weights().get(0), Optional.empty());
        return steps.onMap(source(), map -> new Step.Convolve(factors, map, Pads.NONE, Epilogue.NONE, target));
    }

    @Override
    public LayerSteps activation(Activation activation) {
        return steps.activate(activation.function(), source());
    }

    @Override
    public LayerSteps prelu(PReLU prelu) {
        return steps.add(new Pointwise.Slope(node, node.weights().get(0), source(), target));
    }

    @Override
    public LayerSteps softmax(Softmax softmax) {
        int axis = softmax.place(node.outputShape().sizes().size());
        return steps.add(new Step.Softmax(false, axis, source(), target));
    }

    @Override
    public LayerSteps zeroPadding2D(ZeroPadding2D padding) {
        return steps.add(new Step.Pad(padding.pads(), source(), target));
    }

    @Override
    public LayerSteps cropping2D(Cropping2D cropping) {
        Pads sides = cropping.sides();
        return steps.add(new Rearrangement.Slice(sides.top(), sides.left(), 0, source(), target));
    }

    @Override
    public LayerSteps channels(Channels channels) {
        List<String> parts = new ArrayList<>();
        Shape cell = Shape.of(node.inputShape().height(), node.inputShape().width(), 1);
        for (int channel : channels.chosen()) {
            String part = steps.inner("channel", cell);
            steps.add(new Rearrangement.Slice(0, 0, channel, source(), part));
            parts.add(part);
        }
        return steps.add(new Step.Join(2, parts, target));
    }

    @Override
    public LayerSteps upSampling2D(UpSampling2D sampling) {
        return steps.add(new Rearrangement.Resample(sampling.bilinear(), source(), target));
    }

    @Override
    public LayerSteps pooling2D(Pooling2D pooling) {
        return pool(pooling.pooling(), pooling.window());
    }

    @Override
    public LayerSteps globalPooling2D(GlobalPooling2D pooling) {
        Shape map = node.inputShape();
        return pool(pooling.pooling(), new Window(map.height(), map.width(), 1, 1, 1, 1, Padding.VALID));
    }

    @Override
    public LayerSteps add(Add add) {
        return isOfOneShape()
                ? steps.add(new Step.Sum(sources(), target))
                : steps.combine(Operator.ADD, sources(), Optional.empty());
    }

    @Override
    public LayerSteps merge(Merge merge) {
        Optional<Scalar> mean = merge.operation() == Merge.Operation.AVERAGE
                ? Optional.of(Scalar.linear(1.0 / node.inputs().size(), 0))
                : Optional.empty();
        Operator operator = mean.isPresent()
                ? Operator.ADD
                : Operator.valueOf(merge.operation().name());
        return steps.combine(operator, sources(), mean);
    }

    @Override
    public LayerSteps scaledSum(ScaledSum sum) {
        String scaled = steps.inner("scaled", node.outputShape());
        steps.add(new Step.Activate(Scalar.linear(sum.scale(), 0), sources().get(1), scaled));
        return steps.add(new Step.Sum(List.of(source(), scaled), target));
    }

    @Override
    public LayerSteps dot(Dot dot) {
        return steps.dot(source(), sources().get(1), dot.normalize());
    }

    @Override
    public LayerSteps concatenate(Concatenate concatenate) {
        int axis = concatenate.place(node.outputShape().sizes().size());
        return steps.add(new Step.Join(axis, sources(), target));
    }

    @Override
    public LayerSteps flatten(Flatten flatten) {
        return steps.add(new Step.Reshape(source(), target));
    }

    @Override
    public LayerSteps reshape(Reshape reshape) {
        return steps.add(new Step.Reshape(source(), target));
    }

    @Override
    public LayerSteps permute(Permute permute) {
        List<Integer> axes = permute.dims().stream().map(axis -> axis - 1).toList();
        return steps.add(new Rearrangement.Permute(axes, source(), target));
    }

    @Override
    public LayerSteps dropout(Dropout layer) {
        return dropout && layer.rate() > 0
                ? draw(Draw.Kind.DROPOUT, layer.rate(), layer.drawn(node.inputShape()), source(), target)
                : steps;
    }

    @Override
    public LayerSteps noise(Noise noise) {
        if (!dropout || noise.amount() == 0) {
            return steps;
        }
        Shape shape = node.inputShape();
        return switch (noise.kind()) {
            case SPATIAL_DROPOUT ->
                draw(Draw.Kind.DROPOUT, noise.amount(), Shape.of(1, 1, shape.channels()), source(), target);
            case GAUSSIAN_DROPOUT -> draw(Draw.Kind.GAUSSIAN_FACTORS, noise.amount(), shape, source(), target);
            case GAUSSIAN_NOISE -> draw(Draw.Kind.GAUSSIAN_TERMS, noise.amount(), shape, source(), target);
            case ALPHA_DROPOUT -> {
                String kept = steps.inner("kept", shape);
                draw(Draw.Kind.ALPHA_FACTORS, noise.amount(), shape, source(), kept);
                yield draw(Draw.Kind.ALPHA_TERMS, noise.amount(), shape, kept, target);
            }
        };
    }

    private LayerSteps draw(Draw.Kind kind, double amount, Shape drawn, String from, String to) {
        return steps.add(new Step.Drop(new Draw(kind, amount), node.name(), drawn, from, to));
    }

    @Override
    public LayerSteps passThrough(PassThrough layer) {
        if (dropout && layer.kerasType() == KerasType.ACTIVITY_REGULARIZATION && layer.isCostly()) {
            throw new UnsupportedLayerException(
                    "layer %s: training with an activity regularization is not supported".formatted(node.name()));
        }
        return steps;
    }

    @Override
    public LayerSteps channelsFirst(ChannelsFirst first) {
        Node outer = node;
        LayerSteps all = steps;
        List<String> inputs = new ArrayList<>();
        for (String source : sources()) {
            inputs.add(shapes.get(source).isMap() ? withChannelsLast(source, all) : source);
        }
        String result = outer.outputShape().isMap()
                ? all.inner("channels last", ChannelsFirst.last(outer.outputShape()))
                : outer.name();
        List<Shape> inputShapes = inputs.stream().map(shapes::get).toList();
        begin(new Node(outer.name(), first.layer(), inputs, inputShapes, shapes.get(result)), result);
        first.layer().accept(this).steps().forEach(all::add);
        boolean isNothing = steps.steps().isEmpty();
        begin(outer, outer.name());
        steps = all;
        if (isNothing) {
            aliases.put(outer.name(), source());
        } else if (outer.outputShape().isMap()) {
            channelsLast.put(outer.name(), result);
            all.add(new Rearrangement.Permute(TO_FIRST, result, outer.name()));
        }
        return all;
    }

    private String withChannelsLast(String source, LayerSteps all) {
        return channelsLast.computeIfAbsent(source, first -> {
            String last = all.inner("channels last", ChannelsFirst.last(shapes.get(first)));
            all.add(new Rearrangement.Permute(TO_LAST, first, last));
            return last;
        });
    }

    private boolean isOfOneShape() {
        return node.inputShapes().stream().distinct().count() == 1;
    }

    private LayerSteps convolve(Window window, ActivationFunction activation) {
        Kernel kernel = Kernel.of(node, window);
        Pads pads = window.pads(node.inputShape());
        return steps.weighted(new Step.Convolve(kernel, source(), pads, Epilogue.NONE, target), activation);
    }

    private LayerSteps pool(Pooling pooling, Window window) {
        return steps.add(new Step.Pool(pooling, window, window.pads(node.inputShape()), false, source(), target));
    }

    private String source() {
        return sources().get(0);
    }

    private List<String> sources() {
        return node.inputs().stream().map(this::value).toList();
    }

    private String value(String layer) {
        return aliases.getOrDefault(layer, layer);
    }
}
