package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import cnn.network.Network;
import cnn.network.Weights;
import cnn.program.Cellwise;
import cnn.program.Derivative;
import cnn.program.Logits;
import cnn.program.Precision;
import cnn.program.Program;
import cnn.program.Step;
import cnn.program.UnsupportedLayerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles a program whose weights learn, up to its logits, and the program's derivative. */
final class TrainingCompiler extends StepCompiler {

    /** What a plan is for. */
    enum Mode {
        /** Forward with dropout and the batch's statistics; backward to all weights that learn. */
        TRAIN,
        /** Forward as it will be used later. */
        EVALUATE,
        /** Forward as it will be used later; backward to the input. */
        EXPLAIN
    }

    /** A pooling in the plan: what its backward pass needs of its forward pass. */
    record Pooled(Operation forward, Layout source, Layout target, List<Argument> places) {}

    private final Learners learners;
    private final Mode mode;
    final LearnedWeights weights;
    private final TrainedKernels kernels;
    private final TrainedNorms norms;
    private final Map<String, Pooled> pooled = new HashMap<>();
    private final Map<String, TrainingPlan.Mask> masks = new HashMap<>();

    private TrainingCompiler(Program program, LearnedWeights weights, Mode mode, int images) {
        super(program, Precision.FP32, images, (name, layer, weight) -> weights.vector(layer, weight)
                .map(vector -> Argument.of(name, vector.layout(), vector.place())));
        this.weights = weights;
        this.learners = weights.learners();
        this.mode = mode;
        this.kernels = new TrainedKernels(plan, weights);
        this.norms = new TrainedNorms(plan, weights, mode == Mode.TRAIN);
    }

    /** @throws UnsupportedLayerException if a layer cannot be trained */
    static TrainingPlan compile(Network network, LearnedWeights weights, Mode mode, int images) {
        Program program =
                Logits.of(Program.forTraining(network, mode == Mode.TRAIN)).program();
        try (TrainingCompiler compiler = new TrainingCompiler(program, weights, mode, images)) {
            return compiler.compile();
        }
    }

    private TrainingPlan compile() {
        Tensor input = planForward();
        Tensor logits = outputs().get(0);
        plan.endForward();
        if (mode == Mode.EVALUATE) {
            return plan(input, logits, Optional.empty(), Optional.empty());
        }
        Derivative derivative = Derivative.of(
                program,
                layer -> mode == Mode.TRAIN && learners.trainable().contains(layer.name()),
                mode == Mode.EXPLAIN);
        Tensor gradient = plan.allocate(logits.layout());
        gradient.slot().touch(plan.callCount());
        GradientCompiler backward = new GradientCompiler(this, kernels, norms, gradient);
        derivative.steps().forEach(step -> step.accept(backward));
        Optional<Tensor> inputGradient = derivative
                .gradient(program.input().name())
                .map(name -> plan.in(input.layout(), backward.gradient(name)));
        inputGradient.ifPresent(tensor -> tensor.slot().touchAfter());
        return plan(input, logits, Optional.of(gradient), inputGradient);
    }

    private TrainingPlan plan(
            Tensor input, Tensor logits, Optional<Tensor> logitGradient, Optional<Tensor> inputGradient) {
        List<Tensor> open = new ArrayList<>(List.of(input, logits));
        logitGradient.ifPresent(open::add);
        inputGradient.ifPresent(open::add);
        masks.values().forEach(mask -> open.add(mask.tensor()));
        norms.statistics().forEach(ofBatch -> open.addAll(List.of(ofBatch.mean(), ofBatch.variance())));
        return new TrainingPlan(
                plan.build(open),
                input,
                logits,
                List.copyOf(masks.values()),
                List.copyOf(norms.statistics()),
                logitGradient,
                inputGradient);
    }

    Pooled pooled(Step.Pool step) {
        return pooled.get(step.target());
    }

    Tensor mask(Step.Drop step) {
        return masks.get(step.target()).tensor();
    }

    @Override
    public Tensor convolve(Step.Convolve step) {
        Tensor source = shaping.asMap(values.get(step.source()));
        return kernels.convolve(step, source, shaping.mapSizes(shape(step.target())));
    }

    @Override
    public Tensor multiply(Step.Multiply step) {
        Tensor source = plan.in(shaping.plain(dnnl_f32, shape(step.source())), values.get(step.source()));
        return kernels.multiply(step, source, shaping.plain(dnnl_f32, shape(step.target())));
    }

    @Override
    public Tensor normalize(Step.Normalize step) {
        boolean ofBatch = mode == Mode.TRAIN
                && learners.batchStatistics().contains(step.norm().layer().name());
        return norms.normalize(step, values.get(step.source()), ofBatch);
    }

    @Override
    public Tensor pool(Step.Pool step) {
        Tensor source = values.get(step.source());
        Layout any = Layout.any(scope, dnnl_f32, shaping.mapSizes(shape(step.target())));
        Operation forward = Operation.pooling(scope, dnnl_forward_training, source.layout(), any, step)
                .orElseThrow();
        Tensor result = plan.allocate(forward.layout(scope, dnnl_query_dst_md));
        List<Argument> places = new ArrayList<>();
        Layout workspace = forward.layout(scope, dnnl_query_workspace_md);
        if (workspace.bytes() > 0) {
            places.add(Argument.of(DNNL_ARG_WORKSPACE, plan.allocate(workspace)));
        }
        List<Argument> arguments = new ArrayList<>(places);
        arguments.add(Argument.of(DNNL_ARG_SRC, source));
        arguments.add(Argument.of(DNNL_ARG_DST, result));
        plan.call(forward, arguments);
        pooled.put(step.target(), new Pooled(forward, source.layout(), result.layout(), places));
        return shaping.ofShape(result, shape(step.target()));
    }

    @Override
    void defined(String value, Tensor tensor) {}

    @Override
    boolean isLastRead(String value) {
        return false;
    }

    @Override
    Weights weights() {
        return weights.initial();
    }

    @Override
    boolean learns() {
        return mode != Mode.EVALUATE;
    }

    @Override
    boolean mayOverwrite(Step.Activate step) {
        return step.term().isDerivedFromResult() && isSpent(step.source());
    }

    @Override
    Operation function(Step.Activate step, Layout layout) {
        return Eltwise.of(step.term()).learningForward(scope, layout);
    }

    @Override
    public Tensor softmax(Cellwise.Softmax step) {
        Tensor source = values.get(step.source());
        Tensor result = plan.allocate(source.layout());
        int rank = shape(step.source()).sizes().size();
        plan.call(
                SoftmaxOperation.of(step, rank).forward(scope, source.layout(), true),
                List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, result)));
        return result;
    }

    /** Whether nobody needs a value once its only reader has it: the backward pass of what gave it does not. */
    private boolean isSpent(String value) {
        return uses(value) == 1
                && program.producer(value)
                        .filter(step -> step instanceof Step.Normalize
                                || step instanceof Step.Sum
                                || (step instanceof Step.Weighted weighted
                                        && weighted.epilogue().isLinear()))
                        .isPresent();
    }

    @Override
    public Tensor drop(Step.Drop step) {
        Tensor source = values.get(step.source());
        boolean each = step.drawn().equals(shape(step.source()));
        Layout plain = shaping.plain(dnnl_f32, step.drawn());
        // Factors for channels that only fill up a block do no harm; terms would.
        Layout layout = each && !step.draw().isAdded() ? source.layout() : plain;
        Tensor mask = plan.allocate(layout);
        mask.slot().touchBefore();
        masks.put(step.target(), new TrainingPlan.Mask(step.layer(), step.draw(), mask));
        if (!step.draw().isAdded()) {
            return plan.product(source, mask);
        }
        Tensor result = plan.copy(source, plain);
        plan.binary(dnnl_binary_add, result, mask, result);
        return result;
    }
}
