package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

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
import cnn.network.Pooling2D;
import cnn.network.Reshape;
import cnn.network.Shape;
import cnn.network.Window;
import cnn.network.ZeroPadding2D;
import cnn.program.Borders;
import cnn.program.Readers;
import cnn.program.TrainingSetup;
import cnn.program.UnsupportedLayerException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private final LearningMaps maps;
    private final LearningValues values = new LearningValues();
    private final List<LearningPlan.Mask> masks = new ArrayList<>();

    private LearningCompiler(Network network, LearnedWeights weights, TrainingSetup setup, Mode mode, int images) {
        this.network = network;
        this.setup = setup;
        this.mode = mode;
        this.shaping = new Shaping(plan, images);
        this.readers = Readers.of(network, List.of(network.output().name()));
        this.borders = new Borders(readers);
        this.tape = new Tape(plan, wanted());
        this.maps = new LearningMaps(plan, shaping, tape, values, borders);
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
        values.define(network.input(), input);
        for (Node node : readers.nodes()) {
            if (!node.name().equals(inputName)) {
                lower(node);
            }
        }
        String output = values.value(network.output().name());
        Layout layout = shaping.plain(dnnl_f32, network.output().outputShape());
        Tensor logits = plan.in(layout, values.get(output));
        logits.slot().touch(plan.callCount() - 1);
        int forwardCalls = plan.callCount();
        if (mode == Mode.EVALUATE) {
            return plan(forwardCalls, input, logits, Optional.empty(), Optional.empty());
        }
        Tensor gradient = plan.allocate(layout);
        gradient.slot().touch(forwardCalls);
        tape.unwind(output, gradient);
        Optional<Tensor> inputGradient = tape.gradient(inputName).map(found -> plan.in(input.layout(), found));
        inputGradient.ifPresent(tensor -> tensor.slot().touchAfter());
        return plan(forwardCalls, input, logits, Optional.of(gradient), inputGradient);
    }

    private LearningPlan plan(
            int forwardCalls,
            Tensor input,
            Tensor logits,
            Optional<Tensor> logitGradient,
            Optional<Tensor> inputGradient) {
        return new LearningPlan(
                plan, forwardCalls, input, logits, masks, normalization.statistics(), logitGradient, inputGradient);
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
            values.define(node, convolve(node, convolution.window(), inner(node, convolution.activation())));
        } else if (layer instanceof DepthwiseConv2D convolution) {
            values.define(node, convolve(node, convolution.window(), inner(node, convolution.activation())));
        } else if (layer instanceof Dense dense) {
            ActivationFunction activation = inner(node, dense.activation());
            Tensor source = plan.in(shaping.plain(dnnl_f32, node.inputShape()), values.get(values.source(node)));
            values.define(
                    node,
                    weighted.multiply(
                            node, values.source(node), source, activation, shaping.sizes(node.outputShape())));
        } else if (layer instanceof BatchNormalization norm) {
            values.define(node, normalize(node, norm));
        } else if (layer instanceof Activation activation) {
            activate(node, inner(node, activation.function()));
        } else if (layer instanceof Dropout dropout) {
            drop(node, dropout.rate());
        } else if (layer instanceof ZeroPadding2D padding) {
            if (!borders.absorb(node, padding.pads())) {
                values.define(node, maps.pad(node, padding.pads()));
            }
        } else if (layer instanceof Pooling2D pooling) {
            values.define(node, maps.pool(node, pooling.pooling(), pooling.window()));
        } else if (layer instanceof GlobalPooling2D pooling) {
            Shape map = node.inputShape();
            Window whole = new Window(map.height(), map.width(), 1, 1, 1, 1, Padding.VALID);
            values.define(node, maps.pool(node, pooling.pooling(), whole));
        } else if (layer instanceof Add) {
            values.define(node, maps.add(node));
        } else if (layer instanceof Concatenate) {
            values.define(node, maps.join(node));
        } else if (layer instanceof Flatten || layer instanceof Reshape) {
            values.define(node, maps.reshape(node));
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
        String from = values.value(borders.inside(input));
        Tensor source = shaping.asMap(values.get(from));
        return weighted.convolve(node, from, source, pads, activation, shaping.mapSizes(node.outputShape()));
    }

    private Tensor normalize(Node node, BatchNormalization norm) {
        boolean ofBatch = mode == Mode.TRAIN && setup.batchStatistics().contains(node.name());
        return normalization.normalize(node, norm, values.source(node), values.get(values.source(node)), ofBatch);
    }

    private void activate(Node node, ActivationFunction function) {
        String from = values.source(node);
        if (function == ActivationFunction.LINEAR) {
            values.alias(node, from);
            return;
        }
        Tensor source = values.get(from);
        Tensor result = isSpent(from) ? source : plan.allocate(source.layout());
        plan.call(
                LearningOperations.activation(scope, function, source.layout()),
                List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, result)));
        tape.record(
                node.name(), gradient -> tape.contribute(from, weighted.beforeActivation(function, gradient, result)));
        values.define(node, result);
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
        String from = values.source(node);
        if (mode != Mode.TRAIN || rate == 0) {
            values.alias(node, from);
            return;
        }
        Tensor source = values.get(from);
        Tensor mask = plan.allocate(source.layout());
        mask.slot().touchBefore();
        masks.add(new LearningPlan.Mask(node.name(), rate, mask));
        tape.record(node.name(), gradient -> tape.contribute(from, times(plan.in(mask.layout(), gradient), mask)));
        values.define(node, times(source, mask));
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

    private static UnsupportedLayerException unsupported(Node node) {
        return new UnsupportedLayerException("layer %s: the engine cannot train a %s here"
                .formatted(node.name(), node.layer().kerasType()));
    }
}
