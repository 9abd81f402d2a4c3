package cnn.program;

import cnn.network.Activation;
import cnn.network.Add;
import cnn.network.Channels;
import cnn.network.ChannelsFirst;
import cnn.network.Concatenate;
import cnn.network.Cropping2D;
import cnn.network.Dot;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.InputLayer;
import cnn.network.KerasType;
import cnn.network.Merge;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Noise;
import cnn.network.Pads;
import cnn.network.PassThrough;
import cnn.network.Permute;
import cnn.network.Rescaling;
import cnn.network.Reshape;
import cnn.network.Scalar;
import cnn.network.ScaledSum;
import cnn.network.Shape;
import cnn.network.Softmax;
import cnn.network.UpSampling2D;
import cnn.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a network into steps, layer by layer; the steps of a layer that does nothing are none. */
final class Lowering extends WeightedLowering {
    private static final List<Integer> TO_LAST = List.of(1, 2, 0);
    private static final List<Integer> TO_FIRST = List.of(2, 0, 1);

    private final boolean dropout;
    private final Map<String, Shape> shapes = new HashMap<>();
    /** For layers that do nothing the value that they pass on. */
    private final Map<String, String> aliases = new HashMap<>();
    /** Of values whose channels come first the same values with channels last. */
    private final Map<String, String> channelsLast = new HashMap<>();

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
        return new Program(network.input(), Borders.absorb(Program.read(steps)), lowering.shapes, delivered);
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
    public LayerSteps rescaling(Rescaling rescaling) {
        return rescaling
                .single()
                .map(term -> steps.add(new Step.Activate(term, source(), target)))
                .orElseGet(() -> steps.add(new Pointwise.Affine(node, rescaling, source(), target)));
    }

    @Override
    public LayerSteps activation(Activation activation) {
        return steps.activate(activation.function(), source());
    }

    @Override
    public LayerSteps softmax(Softmax softmax) {
        int axis = softmax.place(node.outputShape().sizes().size());
        return steps.add(new Cellwise.Softmax(false, axis, source(), target));
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
    public LayerSteps upSampling2D(UpSampling2D sampling) {
        return steps.add(new Rearrangement.Resample(sampling.bilinear(), source(), target));
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
                ? steps.draw(Draw.Kind.DROPOUT, layer.rate(), layer.drawn(node.inputShape()), source(), target)
                : steps;
    }

    @Override
    public LayerSteps noise(Noise noise) {
        return dropout && noise.amount() > 0 ? steps.noise(noise, source()) : steps;
    }

    @Override
    public LayerSteps scaledSum(ScaledSum sum) {
        return steps.scaledSum(sum.scale(), source(), sources().get(1));
    }

    @Override
    public LayerSteps channels(Channels channels) {
        return steps.channels(channels.chosen(), source());
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

    @Override
    List<String> sources() {
        return node.inputs().stream().map(this::value).toList();
    }

    private String value(String layer) {
        return aliases.getOrDefault(layer, layer);
    }
}
