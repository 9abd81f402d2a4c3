package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_resampling_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_resampling_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_resampling_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_resampling_nearest;

import cnn.network.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.dnnl_resampling_desc_t;

/** Plans what moves numbers to other places, and back again for their gradients; results have channels innermost. */
final class RearrangedSteps {
    private final PlanBuilder plan;
    private final NativeScope scope;
    private final Shaping shaping;

    RearrangedSteps(PlanBuilder plan, Shaping shaping) {
        this.plan = plan;
        this.scope = plan.scope();
        this.shaping = shaping;
    }

    /** The part of a map that begins at these offsets, in oneDNN's order, and has that shape. */
    Tensor slice(Tensor source, Shape from, long[] offsets, Shape to) {
        int type = source.layout().type();
        Tensor plain = plan.in(shaping.plain(type, from), source);
        Layout part = plain.layout().part(scope, shaping.sizes(to), offsets).orElseThrow();
        return plan.copy(plain.as(part), shaping.plain(type, to));
    }

    /** Numbers as the part of a map that begins at these offsets, with zeros round it. */
    Tensor spread(Tensor part, Shape whole, long[] offsets) {
        Tensor target = plan.allocateZeros(shaping.plain(dnnl_f32, whole));
        Layout inside =
                target.layout().part(scope, part.layout().sizes(), offsets).orElseThrow();
        plan.reorder(part, target.as(inside), PrimitiveAttributes.none(scope));
        return target;
    }

    /** @param axes for each axis of the target that of the source */
    Tensor permute(Tensor source, Shape from, List<Integer> axes, Shape to) {
        int type = source.layout().type();
        Tensor plain = plan.in(shaping.plain(type, from), source);
        List<Integer> own = IntStream.range(0, axes.size()).boxed().toList();
        Layout turned = shaping.permuted(type, from, axes);
        return plan.copy(plain.as(turned), shaping.permuted(type, to, own)).as(shaping.plain(type, to));
    }

    Tensor resample(boolean bilinear, Tensor source, Shape to) {
        Layout target = Layout.plain(scope, source.layout().type(), shaping.sizes(to));
        Tensor result = plan.allocate(target);
        plan.call(
                forward(bilinear, source.layout(), target),
                List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, result)));
        return result;
    }

    Tensor resampleBackward(boolean bilinear, Tensor gradient, Shape from, Shape to) {
        Layout source = shaping.plain(dnnl_f32, from);
        Tensor given = plan.in(shaping.plain(dnnl_f32, to), gradient);
        Tensor result = plan.allocate(source);
        dnnl_resampling_desc_t operation = scope.own(new dnnl_resampling_desc_t());
        int status = dnnl_resampling_backward_desc_init(
                operation,
                algorithm(bilinear),
                (float[]) null,
                source.descriptor(),
                given.layout().descriptor());
        Dnnl.check(status, "resampling backward");
        plan.call(
                Operation.chooseBackward(scope, operation, forward(bilinear, source, given.layout()))
                        .orElseThrow(),
                List.of(Argument.of(DNNL_ARG_DIFF_DST, given), Argument.of(DNNL_ARG_DIFF_SRC, result)));
        return result;
    }

    private Operation forward(boolean bilinear, Layout source, Layout target) {
        dnnl_resampling_desc_t operation = scope.own(new dnnl_resampling_desc_t());
        int status = dnnl_resampling_forward_desc_init(
                operation,
                dnnl_forward_training,
                algorithm(bilinear),
                (float[]) null,
                source.descriptor(),
                target.descriptor());
        Dnnl.check(status, "resampling");
        return Operation.choose(scope, operation, PrimitiveAttributes.none(scope))
                .orElseThrow();
    }

    private static int algorithm(boolean bilinear) {
        return bilinear ? dnnl_resampling_linear : dnnl_resampling_nearest;
    }
}
