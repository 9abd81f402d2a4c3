package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.Shape;
import cnn.program.Derivative;
import cnn.program.GradientStep;
import cnn.program.GradientVisitor;
import cnn.program.Pointwise;
import cnn.program.Rearrangement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Compiles the steps of a derivative behind the forward pass that they belong to. */
final class GradientCompiler implements GradientVisitor {
    private final TrainingCompiler forward;
    private final PlanBuilder plan;
    private final NativeScope scope;
    private final Shaping shaping;
    private final RearrangedSteps rearranging;
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
        this.rearranging = forward.rearranging;
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
        Layout part = layout.part(scope, source.sizes(), Shaping.offsets(step.offsets()))
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
    public void ofSlice(GradientStep.OfSlice step) {
        Rearrangement.Slice slice = step.step();
        gradients.put(
                step.target(),
                rearranging.spread(gradient(step.gradient()), forward.shape(slice.source()), offsets(slice)));
    }

    private static long[] offsets(Rearrangement.Slice slice) {
        return Shaping.offsets(List.of(slice.top(), slice.left(), slice.channel()));
    }

    @Override
    public void ofPermute(GradientStep.OfPermute step) {
        List<Integer> axes = step.step().axes();
        List<Integer> back =
                IntStream.range(0, axes.size()).map(axes::indexOf).boxed().toList();
        Shape from = forward.shape(step.step().target());
        Shape to = forward.shape(step.step().source());
        gradients.put(step.target(), rearranging.permute(gradient(step.gradient()), from, back, to));
    }

    @Override
    public void ofResample(GradientStep.OfResample step) {
        Shape source = forward.shape(step.step().source());
        gradients.put(
                step.target(),
                rearranging.resampleBackward(
                        step.step().bilinear(),
                        gradient(step.gradient()),
                        source,
                        forward.shape(step.step().target())));
    }

    @Override
    public void ofSlope(GradientStep.OfSlope step) {
        gradients.put(
                step.target(),
                forward.slopes.backward(
                        step.step(),
                        forward.values.get(step.step().source()),
                        gradient(step.gradient()),
                        forward.shape(step.step().source()),
                        forward.weights));
    }

    @Override
    public void ofCells(GradientStep.OfCells step) {
        gradients.put(
                step.target(),
                forward.cellNorms.backward(
                        step.step(),
                        gradient(step.gradient()),
                        forward.shape(step.step().source()),
                        forward.weights));
    }

    @Override
    public void ofAffine(GradientStep.OfAffine step) {
        gradients.put(
                step.target(),
                forward.combining.affineBackward(step.step(), gradient(step.gradient()), forward.weights()));
    }

    @Override
    public void ofOperand(GradientStep.OfOperand step) {
        Pointwise.Combine combine = step.step();
        gradients.put(
                step.target(),
                forward.combining.backward(
                        combine,
                        step.left(),
                        gradient(step.gradient()),
                        forward.values.get(combine.left()),
                        forward.values.get(combine.right())));
    }

    @Override
    public void ofDrop(GradientStep.OfDrop step) {
        Layout source = forward.values.get(step.step().source()).layout();
        gradients.put(
                step.target(), plan.product(plan.in(source, gradient(step.gradient())), forward.mask(step.step())));
    }

    @Override
    public void total(GradientStep.Total step) {
        Tensor first = gradient(step.first());
        Tensor total = plan.allocate(first.layout());
        plan.binary(dnnl_binary_add, first, plan.in(first.layout(), gradient(step.second())), total);
        gradients.put(step.target(), total);
    }
}
