package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;

import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.Cellwise;
import cnn.program.Precision;
import cnn.program.Program;
import cnn.program.Step;
import cnn.program.UnsupportedLayerException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles a fused program, whose weights are fixed. */
class InferenceCompiler extends StepCompiler {

    /** Sees the numbers of each value when they have been computed, channels innermost. */
    interface Watch {
        void see(String value, Shape shape, FloatBuffer numbers);
    }

    private final Precision precision;
    private final PackedWeights weights;
    private final WeightedSteps weighted;

    private final Optional<Watch> watch;

    InferenceCompiler(Program program, PackedWeights weights, Precision precision, int images, Optional<Watch> watch) {
        super(program, precision, images, (name, layer, weight) -> weights.vector(layer, weight)
                .map(vector -> Argument.of(name, vector.layout(), vector.place())));
        this.weights = weights;
        this.precision = precision;
        this.watch = watch;
        this.weighted = new WeightedSteps(plan, weights, precision, computesAlike());
    }

    static InferencePlan compile(Program program, PackedWeights weights, Precision precision, int images) {
        return new InferenceCompiler(program, weights, precision, images, Optional.empty()).compile();
    }

    /** A plan for one image, in float32, of whose values {@code watch} is told. */
    static InferencePlan watched(Program program, PackedWeights weights, Watch watch) {
        return new InferenceCompiler(program, weights, Precision.FP32, 1, Optional.of(watch)).compile();
    }

    final InferencePlan compile() {
        try (InferenceCompiler compiler = this) {
            Tensor input = compiler.planForward();
            List<Tensor> outputs = compiler.outputs();
            List<Tensor> open = new ArrayList<>(outputs);
            open.add(input);
            return new InferencePlan(compiler.plan.build(open), input, outputs);
        }
    }

    /** Whether floats must not depend on the number of images, since whole numbers are made of them. */
    boolean computesAlike() {
        return false;
    }

    @Override
    void defined(String value, Tensor tensor) {
        watch.ifPresent(watch -> {
            Tensor plain = plan.in(shaping.plain(dnnl_f32, shape(value)), tensor);
            Tensor nothing = plan.allocate(shaping.plain(dnnl_f32, Shape.of(1)));
            plan.loop(List.of(plain), nothing, (from, to) -> watch.see(value, shape(value), from.get(0)));
        });
    }

    @Override
    public Tensor convolve(Step.Convolve step) {
        Shape shape = shape(step.target());
        Tensor source = shaping.asMap(value(step.source()));
        boolean asIs =
                !step.source().equals(program.input().name()) && source.layout().type() == Dnnl.type(precision);
        Optional<Tensor> accumulator =
                step.epilogue().addend().map(this::accumulator).map(shaping::asMap);
        Layout target = accumulator
                .map(Tensor::layout)
                .orElseGet(() -> Layout.any(scope, type(step.target()), shaping.mapSizes(shape)));
        return shaping.ofShape(weighted.convolve(step, source, asIs, accumulator, target), shape);
    }

    /** A tensor with the addend's numbers that may be written to: the addend itself, if nobody else reads it. */
    final Tensor accumulator(String addend) {
        Tensor value = value(addend);
        return isLastRead(addend) ? value : plan.copy(value, value.layout());
    }

    @Override
    public Tensor multiply(Step.Multiply step) {
        Tensor source = plan.in(shaping.plain(Dnnl.type(precision), shape(step.source())), value(step.source()));
        return weighted.multiply(step, source, shaping.plain(dnnl_f32, shape(step.target())));
    }

    @Override
    public Tensor pool(Step.Pool step) {
        Tensor source = value(step.source());
        Layout targetLayout = Layout.any(scope, source.layout().type(), shaping.mapSizes(shape(step.target())));
        Operation operation = Operation.pooling(scope, dnnl_forward_inference, source.layout(), targetLayout, step)
                .orElseThrow(() -> new UnsupportedLayerException("layer " + step.target() + ": no such pooling"));
        Tensor target = plan.allocate(operation.layout(scope, dnnl_query_dst_md));
        plan.call(operation, List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, target)));
        return shaping.ofShape(target, shape(step.target()));
    }

    @Override
    boolean mayOverwrite(Step.Activate step) {
        return isLastRead(step.source());
    }

    @Override
    boolean isLastRead(String value) {
        return values.get(value).slot().readsToCome() == 1;
    }

    @Override
    Weights weights() {
        return weights.stored();
    }

    @Override
    boolean learns() {
        return false;
    }

    @Override
    Operation function(Step.Activate step, Layout layout) {
        return Eltwise.of(step.term()).forward(scope, layout);
    }

    @Override
    public Tensor softmax(Cellwise.Softmax step) {
        Tensor source = value(step.source());
        Tensor target = isLastRead(step.source()) ? source : plan.allocate(source.layout());
        int rank = shape(step.source()).sizes().size();
        Operation operation = SoftmaxOperation.of(step, rank).forward(scope, source.layout(), false);
        plan.call(operation, List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, target)));
        return target;
    }

    @Override
    public Tensor normalize(Step.Normalize step) {
        throw new IllegalArgumentException("fusing leaves no batch norm: " + step);
    }

    @Override
    public Tensor drop(Step.Drop step) {
        throw new IllegalArgumentException("only training drops: " + step);
    }
}
