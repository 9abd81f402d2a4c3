package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_prelu_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_prelu_forward_desc_init;

import cnn.network.Shape;
import cnn.program.Pointwise;
import java.util.List;
import org.bytedeco.dnnl.dnnl_prelu_desc_t;

/** Plans rectifiers whose slopes are weights (He et al. 2015), forward and backward, with channels innermost. */
final class Slopes {
    private final PlanBuilder plan;
    private final NativeScope scope;
    private final Shaping shaping;
    private final CellNorms.Vectors vectors;

    Slopes(PlanBuilder plan, Shaping shaping, CellNorms.Vectors vectors) {
        this.plan = plan;
        this.scope = plan.scope();
        this.shaping = shaping;
        this.vectors = vectors;
    }

    Tensor forward(Pointwise.Slope step, Tensor source, Shape shape) {
        Tensor plain = plan.in(shaping.plain(dnnl_f32, shape), source);
        Argument slopes = slopes(step);
        Tensor result = plan.allocate(plain.layout());
        plan.call(
                forward(plain.layout(), slopes.layout()),
                List.of(Argument.of(DNNL_ARG_SRC, plain), slopes, Argument.of(DNNL_ARG_DST, result)));
        return result;
    }

    /** The gradient of the source, and that of the slopes where they learn. */
    Tensor backward(Pointwise.Slope step, Tensor source, Tensor gradient, Shape shape, LearnedWeights weights) {
        Layout layout = shaping.plain(dnnl_f32, shape);
        Tensor plain = plan.in(layout, source);
        Tensor given = plan.in(layout, gradient);
        Argument slopes = slopes(step);
        Parameter learnt = weights.find(step.layer(), step.slopes());
        dnnl_prelu_desc_t operation = scope.own(new dnnl_prelu_desc_t());
        int status = dnnl_prelu_backward_desc_init(
                operation,
                layout.descriptor(),
                slopes.layout().descriptor(),
                layout.descriptor(),
                slopes.layout().descriptor());
        Dnnl.check(status, "prelu backward");
        Tensor result = plan.allocate(layout);
        Argument ofSlopes = learnt.learns()
                ? Argument.of(DNNL_ARG_DIFF_WEIGHTS, learnt.layout(), learnt.gradientPlace())
                : Argument.of(DNNL_ARG_DIFF_WEIGHTS, plan.allocate(slopes.layout()));
        plan.call(
                Operation.chooseBackward(scope, operation, forward(layout, slopes.layout()))
                        .orElseThrow(),
                List.of(
                        Argument.of(DNNL_ARG_SRC, plain),
                        slopes,
                        Argument.of(DNNL_ARG_DIFF_DST, given),
                        Argument.of(DNNL_ARG_DIFF_SRC, result),
                        ofSlopes));
        return result;
    }

    private Operation forward(Layout data, Layout slopes) {
        dnnl_prelu_desc_t operation = scope.own(new dnnl_prelu_desc_t());
        int status =
                dnnl_prelu_forward_desc_init(operation, dnnl_forward_training, data.descriptor(), slopes.descriptor());
        Dnnl.check(status, "prelu");
        return Operation.choose(scope, operation, PrimitiveAttributes.none(scope))
                .orElseThrow();
    }

    private Argument slopes(Pointwise.Slope step) {
        return vectors.find(DNNL_ARG_WEIGHTS, step.layer(), step.slopes().name())
                .orElseThrow();
    }
}
