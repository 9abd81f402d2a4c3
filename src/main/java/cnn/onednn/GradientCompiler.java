package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.program.Derivative;
import cnn.program.GradientStep;
import cnn.program.GradientVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compiles the steps of a derivative behind the forward pass that they belong to. */
final class GradientCompiler implements GradientVisitor {
    private final TrainingCompiler forward;
    private final PlanBuilder plan;
    private final NativeScope scope;
    private final Shaping shaping;
    private final TrainedKernels kernels;
    private final TrainedNorms norms;
    private final Map<String, Tensor> gradients = new HashMap<>();
    private final Map<String, Tensor> plainGradients = new HashMap<>();

    /** @param start the gradient of the program's output */
    GradientCompiler(TrainingCompiler forward, TrainedKernels kernels, TrainedNorms norms, Tensor start) {
        this.forward = forward;
        this.plan = forward.plan;
        this.scope = forward.scope;
        this.shaping = forward.shaping;
        this.kernels = kernels;
        this.norms = norms;
        gradients.put(Derivative.START, start);
    }

    Tensor gradient(String name) {
        return gradients.get(name);
    }

    @Override
    public void ofArgument(GradientStep.OfArgument step) {
        Tensor known = forward.values.get(step.known());
        if (step.term().hasFormula()) {
            gradients.put(step.target(), byFormula(step, known));
            return;
        }
        Tensor given = plan.in(known.layout(), gradient(step.gradient()));
        Tensor inner = plan.allocate(known.layout());
        Eltwise function = Eltwise.of(step.term());
        plan.call(
                function.backward(scope, known.layout()),
                List.of(
                        Argument.of(function.known(), known),
                        Argument.of(DNNL_ARG_DIFF_DST, given),
                        Argument.of(DNNL_ARG_DIFF_SRC, inner)));
        gradients.put(step.target(), inner);
    }

    private Tensor byFormula(GradientStep.OfArgument step, Tensor known) {
        Layout plain = shaping.plain(dnnl_f32, forward.shape(step.known()));
        Tensor inner = plan.allocate(plain);
        List<Tensor> sources = List.of(plan.in(plain, gradient(step.gradient())), plan.in(plain, known));
        plan.loop(sources, inner, (from, to) -> {
            for (int i = 0; i < to.limit(); i++) {
                to.put(i, (float)
                        (from.get(0).get(i) * step.term().slope(from.get(1).get(i))));
            }
        });
        return inner;
    }

    @Override
    public void ofSoftmax(GradientStep.OfSoftmax step) {
        Tensor results = forward.values.get(step.step().target());
        Tensor inner = plan.allocate(results.layout());
        int rank = forward.shape(step.step().source()).sizes().size();
        plan.call(
                SoftmaxOperation.of(step.step(), rank).backward(scope, results.layout()),
                List.of(
                        Argument.of(DNNL_ARG_DST, results),
                        Argument.of(DNNL_ARG_DIFF_DST, plan.in(results.layout(), gradient(step.gradient()))),
                        Argument.of(DNNL_ARG_DIFF_SRC, inner)));
        gradients.put(step.target(), inner);
    }

    @Override
    public void ofWeights(GradientStep.OfWeights step) {
        kernels.byWeights(step.step(), gradient(step.gradient()));
    }

    @Override
    public void ofSource(GradientStep.OfSource step) {
        gradients.put(step.target(), kernels.byData(step.step(), gradient(step.gradient())));
    }

    @Override
    public void ofNorm(GradientStep.OfNorm step) {
        gradients.put(step.target(), norms.backward(step.step(), gradient(step.gradient())));
    }

    @Override
    public void ofPool(GradientStep.OfPool step) {
        TrainingCompiler.Pooled pooled = forward.pooled(step.step());
        Tensor given = plan.in(pooled.target(), shaping.asMap(gradient(step.gradient())));
        Tensor inner = plan.allocate(pooled.source());
        List<Argument> arguments = new ArrayList<>(pooled.places());
        arguments.add(Argument.of(DNNL_ARG_DIFF_DST, given));
        arguments.add(Argument.of(DNNL_ARG_DIFF_SRC, inner));
        plan.call(
                GradientOperations.poolingBackward(
                        scope, pooled.forward(), inner.layout(), given.layout(), step.step()),
                arguments);
        gradients.put(step.target(), inner);
    }

    @Override
    public void ofPart(GradientStep.OfPart step) {
        Layout layout = shaping.plain(dnnl_f32, forward.shape(step.map()));
        Tensor whole = plainGradients.computeIfAbsent(step.gradient(), name -> plan.in(layout, gradients.get(name)));
        Layout source = forward.values.get(step.source()).layout();
        Layout part = layout.part(scope, source.sizes(), 0, step.channel(), step.top(), step.left())
                .orElseThrow();
        gradients.put(step.target(), plan.copy(whole.as(part), source));
    }

    @Override
    public void ofReshape(GradientStep.OfReshape step) {
        Layout before = shaping.plain(dnnl_f32, forward.shape(step.step().source()));
        Layout after = shaping.plain(dnnl_f32, forward.shape(step.step().target()));
        gradients.put(step.target(), plan.in(after, gradient(step.gradient())).as(before));
    }

    @Override
    public void ofDrop(GradientStep.OfDrop step) {
        Tensor mask = forward.mask(step.step());
        gradients.put(step.target(), plan.product(plan.in(mask.layout(), gradient(step.gradient())), mask));
    }

    @Override
    public void total(GradientStep.Total step) {
        Tensor first = gradient(step.first());
        Tensor total = plan.allocate(first.layout());
        plan.call(
                GradientOperations.binary(scope, dnnl_binary_add, first.layout()),
                List.of(
                        Argument.of(DNNL_ARG_SRC_0, first),
                        Argument.of(DNNL_ARG_SRC_1, plan.in(first.layout(), gradient(step.second()))),
                        Argument.of(DNNL_ARG_DST, total)));
        gradients.put(step.target(), total);
    }
}
