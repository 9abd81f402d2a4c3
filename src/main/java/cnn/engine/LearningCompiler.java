package cnn.engine;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import cnn.network.Activation;
import cnn.network.ActivationFunction;
import cnn.network.Add;
import cnn.network.BatchNormalization;
import cnn.network.Concatenate;
import cnn.network.Conv2D;
import cnn.network.Dense;
import cnn.network.DepthwiseConv2D;
import cnn.network.Dropout;
import cnn.network.Flatten;
import cnn.network.GlobalPooling2D;
import cnn.network.Layer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Padding;
import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compiles a network that learns for one number of images. The output's softmax or sigmoid is left to the loss. */
final class LearningCompiler implements AutoCloseable {

    /** What a plan is for. */
    enum Mode {
        /** Forward with dropout and the batch's statistics; backward to all weights that learn. */
        TRAIN,
        /** Forward as it will be used later. */
        EVALUATE,
        /** Forward as it will be used later; backward to the input. */
        EXPLAIN
    }

    private final Network network;
    private final TrainingSetup setup;
    private final Mode mode;
    private final PlanBuilder plan = new PlanBuilder();
    private final Scope scope = plan.scope();
    private final Shaping shaping;
    private final Readers readers;
    private final Borders borders;
    private final Tape tape;
    private final LearningWeightedLayers weighted;
    private final LearningNormalization normalization;
    private final Map<String, Tensor> values = new HashMap<>();
    /** For layers that do nothing the value that they pass on. */
    private final Map<String, String> aliases = new HashMap<>();

    private final List<LearningPlan.Mask> masks = new ArrayList<>();

    private LearningCompiler(Network network, LearnedWeights weights, TrainingSetup setup, Mode mode, int images) {
        this.network = network;
        this.setup = setup;
        this.mode = mode;
        this.shaping = new Shaping(plan, images);
        this.readers = Readers.of(network, List.of(network.output().name()));
        this.borders = new Borders(readers);
        this.tape = new Tape(plan, wanted());
        this.weighted = new LearningWeightedLayers(plan, weights, tape, mode == Mode.TRAIN);
        this.normalization = new LearningNormalization(plan, weights, tape, mode == Mode.TRAIN);
    }

    /** @throws UnsupportedLayerException if a layer cannot be trained */
    static LearningPlan compile(Network network, LearnedWeights weights, TrainingSetup setup, Mode mode, int images) {
        try (LearningCompiler compiler = new LearningCompiler(network, weights, setup, mode, images)) {
            return compiler.compile();
        }
    }

    @Override
    public void close() {
        plan.close();
    }

    private LearningPlan compile() {
        String inputName = network.input().name();
        Tensor input = plan.allocate(shaping.plain(dnnl_f32, network.input().outputShape()));
        input.slot().touchBefore();
        values.put(inputName, input);
        for (Node node : readers.nodes()) {
            if (!node.name().equals(inputName)) {
                lower(node);
            }
        }
        String output = value(network.output().name());
        Layout layout = shaping.plain(dnnl_f32, network.output().outputShape());
        Tensor logits = plan.in(layout, values.get(output));
        logits.slot().touch(plan.callCount() - 1);
        int forwardCalls = plan.callCount();
        if (mode == Mode.EVALUATE) {
            return new LearningPlan(plan, forwardCalls, input, logits, masks, normalization.statistics());
        }
        Tensor gradient = plan.allocate(layout);
        gradient.slot().touch(forwardCalls);
        tape.unwind(output, gradient);
        Optional<Tensor> inputGradient = tape.gradient(inputName).map(found -> plan.in(input.layout(), found));
        inputGradient.ifPresent(tensor -> tensor.slot().touchAfter());
        return new LearningPlan(
                plan, forwardCalls, input, logits, masks, normalization.statistics(), gradient, inputGradient);
    }

    /** The values that depend on what learns, or on the input where that is asked about. */
    private Set<String> wanted() {
        Set<String> wanted = new HashSet<>();
        for (Node node : readers.nodes()) {
            boolean learns = mode == Mode.TRAIN
                    && setup.trainable().contains(node.name())
                    && !node.weights().isEmpty();
            boolean asked =
                    mode == Mode.EXPLAIN && node.name().equals(network.input().name());
            if (learns || asked || node.inputs().stream().anyMatch(wanted::contains)) {
                wanted.add(node.name());
            }
        }
        return wanted;
    }

    private void lower(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Conv2D convolution) {
            define(node, convolve(node, convolution.window(), inner(node, convolution.activation())));
        } else if (layer instanceof DepthwiseConv2D convolution) {
            define(node, convolve(node, convolution.window(), inner(node, convolution.activation())));
        } else if (layer instanceof Dense dense) {
            ActivationFunction activation = inner(node, dense.activation());
            Tensor source = plan.in(shaping.plain(dnnl_f32, node.inputShape()), values.get(source(node)));
            define(node, weighted.multiply(node, source(node), source, activation, shaping.sizes(node.outputShape())));
        } else if (layer instanceof BatchNormalization norm) {
            define(node, normalize(node, norm));
        } else if (layer instanceof Activation activation) {
            activate(node, inner(node, activation.function()));
        } else if (layer instanceof Dropout dropout) {
            drop(node, dropout.rate());
        } else if (layer instanceof ZeroPadding2D padding) {
            pad(node, padding.pads());
        } else if (layer instanceof Pooling2D pooling) {
            define(node, pool(node, pooling.pooling(), pooling.window()));
        } else if (layer instanceof GlobalPooling2D pooling) {
            Shape map = node.inputShape();
            Window whole = new Window(map.height(), map.width(), 1, 1, 1, 1, Padding.VALID);
            define(node, pool(node, pooling.pooling(), whole));
        } else if (layer instanceof Add) {
            define(node, add(node));
        } else if (layer instanceof Concatenate) {
            define(node, join(node));
        } else if (layer instanceof Flatten || layer instanceof Reshape) {
            define(node, reshape(node));
        } else {
            throw unsupported(node);
        }
    }

    /** The activation function that the plan applies: the loss takes the one of the output upon itself. */
    private ActivationFunction inner(Node node, ActivationFunction function) {
        if (node.equals(network.output())) {
            return ActivationFunction.LINEAR;
        }
        if (function == ActivationFunction.SOFTMAX) {
            throw unsupported(node);
        }
        return function;
    }

    private Tensor convolve(Node node, Window window, ActivationFunction activation) {
        String input = node.inputs().get(0);
        Pads pads = borders.absorbed(input).plus(window.pads(node.inputShape()));
        String from = value(borders.inside(input));
        Tensor source = shaping.asMap(values.get(from));
        return weighted.convolve(node, from, source, pads, activation, shaping.mapSizes(node.outputShape()));
    }

    private Tensor normalize(Node node, BatchNormalization norm) {
        boolean ofBatch = mode == Mode.TRAIN && setup.batchStatistics().contains(node.name());
        return normalization.normalize(node, norm, source(node), values.get(source(node)), ofBatch);
    }

    private void activate(Node node, ActivationFunction function) {
        String from = source(node);
        if (function == ActivationFunction.LINEAR) {
            aliases.put(node.name(), from);
            return;
        }
        Tensor source = values.get(from);
        Tensor result = isSpent(from) ? source : plan.allocate(source.layout());
        plan.call(
                LearningOperations.activation(scope, function, source.layout()),
                List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, result)));
        tape.record(
                node.name(), gradient -> tape.contribute(from, weighted.beforeActivation(function, gradient, result)));
        define(node, result);
    }

    /** Whether nobody needs a value once its only reader has it: the backward pass of what gave it does not. */
    private boolean isSpent(String value) {
        Layer layer = readers.node(value).layer();
        boolean forgotten = layer instanceof BatchNormalization
                || layer instanceof Add
                || (layer instanceof Conv2D convolution && convolution.activation() == ActivationFunction.LINEAR)
                || (layer instanceof DepthwiseConv2D depthwise && depthwise.activation() == ActivationFunction.LINEAR);
        return forgotten && readers.count(value) == 1;
    }

    private void drop(Node node, double rate) {
        String from = source(node);
        if (mode != Mode.TRAIN || rate == 0) {
            aliases.put(node.name(), from);
            return;
        }
        Tensor source = values.get(from);
        Tensor mask = plan.allocate(source.layout());
        mask.slot().touchBefore();
        masks.add(new LearningPlan.Mask(node.name(), rate, mask));
        tape.record(node.name(), gradient -> tape.contribute(from, times(plan.in(mask.layout(), gradient), mask)));
        define(node, times(source, mask));
    }

    private Tensor times(Tensor tensor, Tensor mask) {
        Tensor result = plan.allocate(tensor.layout());
        plan.call(
                LearningOperations.binary(scope, dnnl_binary_mul, tensor.layout()),
                List.of(
                        Argument.of(DNNL_ARG_SRC_0, tensor),
                        Argument.of(DNNL_ARG_SRC_1, mask),
                        Argument.of(DNNL_ARG_DST, result)));
        return result;
    }

    private Tensor pool(Node node, Pooling pooling, Window window) {
        String input = node.inputs().get(0);
        Pads absorbed = borders.absorbed(input);
        Pads pads = absorbed.plus(window.pads(node.inputShape()));
        String from = value(borders.inside(input));
        Step.Pool step = new Step.Pool(pooling, window, pads, !absorbed.equals(Pads.NONE), from, node.name());
        Tensor source = values.get(from);
        Layout any = Layout.any(scope, dnnl_f32, shaping.mapSizes(node.outputShape()));
        Operation forward = LearningOperations.pooling(scope, source.layout(), any, step);
        Tensor result = plan.allocate(forward.layout(scope, dnnl_query_dst_md));
        List<Argument> workspace = new ArrayList<>();
        Layout places = forward.layout(scope, dnnl_query_workspace_md);
        if (places.bytes() > 0) {
            workspace.add(Argument.of(DNNL_ARG_WORKSPACE, plan.allocate(places)));
        }
        List<Argument> arguments = new ArrayList<>(workspace);
        arguments.add(Argument.of(DNNL_ARG_SRC, source));
        arguments.add(Argument.of(DNNL_ARG_DST, result));
        plan.call(forward, arguments);
        tape.record(node.name(), gradient -> {
            Tensor given = plan.in(result.layout(), shaping.asMap(gradient));
            Tensor inner = plan.allocate(source.layout());
            List<Argument> backward = new ArrayList<>(workspace);
            backward.add(Argument.of(DNNL_ARG_DIFF_DST, given));
            backward.add(Argument.of(DNNL_ARG_DIFF_SRC, inner));
            plan.call(
                    LearningOperations.poolingBackward(scope, forward, inner.layout(), given.layout(), step), backward);
            tape.contribute(from, inner);
        });
        return shaping.ofShape(result, node.outputShape());
    }

    private void pad(Node node, Pads pads) {
        if (borders.absorb(node, pads)) {
            return;
        }
        String from = source(node);
        Tensor source = values.get(from);
        Layout layout = shaping.plain(dnnl_f32, node.outputShape());
        Tensor target = plan.allocateZeros(layout);
        Layout inside = layout.part(scope, source.layout().sizes(), 0, 0, pads.top(), pads.left())
                .orElseThrow();
        plan.reorder(source, target.as(inside), Attributes.none(scope));
        tape.record(node.name(), gradient -> {
            Tensor whole = plan.in(layout, gradient);
            tape.contribute(from, copy(whole.as(inside), source.layout()));
        });
        define(node, target);
    }

    private Tensor add(Node node) {
        List<String> from = node.inputs().stream().map(this::value).toList();
        Tensor total = copy(values.get(from.get(0)), values.get(from.get(0)).layout());
        for (String name : from.subList(1, from.size())) {
            plan.reorder(values.get(name), total, Attributes.of(scope, true, ActivationFunction.LINEAR));
        }
        tape.record(node.name(), gradient -> from.forEach(name -> tape.contribute(name, gradient)));
        return total;
    }

    private Tensor join(Node node) {
        List<String> from = node.inputs().stream().map(this::value).toList();
        Layout layout = shaping.plain(dnnl_f32, node.outputShape());
        Tensor target = plan.allocate(layout);
        Map<String, Layout> parts = new HashMap<>();
        List<Layout> places = new ArrayList<>();
        long channel = 0;
        for (String name : from) {
            Tensor source = values.get(name);
            Layout part = layout.part(scope, source.layout().sizes(), 0, channel, 0, 0)
                    .orElseThrow();
            plan.reorder(source, target.as(part), Attributes.none(scope));
            places.add(part);
            parts.put(name, source.layout());
            channel += source.layout().sizes()[1];
        }
        tape.record(node.name(), gradient -> {
            Tensor whole = plan.in(layout, gradient);
            for (int i = 0; i < from.size(); i++) {
                String name = from.get(i);
                if (tape.wants(name)) {
                    tape.contribute(name, copy(whole.as(places.get(i)), parts.get(name)));
                }
            }
        });
        return target;
    }

    private Tensor reshape(Node node) {
        String from = source(node);
        Tensor source = values.get(from);
        Layout before = shaping.plain(dnnl_f32, node.inputShape());
        Layout after = shaping.plain(dnnl_f32, node.outputShape());
        tape.record(
                node.name(),
                gradient -> tape.contribute(from, plan.in(after, gradient).as(before)));
        return plan.in(before, source).as(after);
    }

    private Tensor copy(Tensor tensor, Layout layout) {
        Tensor copy = plan.allocate(layout);
        plan.reorder(tensor, copy, Attributes.none(scope));
        return copy;
    }

    private void define(Node node, Tensor tensor) {
        values.put(node.name(), tensor);
    }

    private String source(Node node) {
        return value(node.inputs().get(0));
    }

    private String value(String layer) {
        return aliases.getOrDefault(layer, layer);
    }

    private static UnsupportedLayerException unsupported(Node node) {
        return new UnsupportedLayerException("layer %s: the engine cannot train a %s here"
                .formatted(node.name(), node.layer().kerasType()));
    }
}
