package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nChw16c;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import cnn.program.Kernel;
import cnn.program.Step;
import cnn.program.UnsupportedLayerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Plans steps with kernels that learn: forward, and backward by data and by weights. */
final class TrainedKernels {
    private static final int BLOCK = 16;

    private final PlanBuilder plan;
    private final NativeScope scope;
    private final LearnedWeights weights;
    private final Map<String, Planned> planned = new HashMap<>();

    TrainedKernels(PlanBuilder plan, LearnedWeights weights) {
        this.plan = plan;
        this.scope = plan.scope();
        this.weights = weights;
    }

    /** One step in the plan: what its backward pass needs of its forward pass. */
    private record Planned(
            WeightedKind kind, Operation forward, Tensor source, Parameter kernel, Optional<Parameter> bias) {}

    /**
     * @param target sizes of the result
     * @return the result, its activation function applied
     */
    Tensor convolve(Step.Convolve step, Tensor source, long[] target) {
        Kernel of = step.kernel();
        WeightedKind kind = of.isTransposed()
                ? new WeightedKind.Deconvolution(scope, of.window(), step.pads())
                : new WeightedKind.Convolution(scope, of.window(), step.pads());
        return plan(step, kind, source, map(target));
    }

    /** @param target the layout of the result */
    Tensor multiply(Step.Multiply step, Tensor source, Layout target) {
        return plan(step, new WeightedKind.InnerProduct(scope), source, target);
    }

    private Tensor plan(Step.Weighted step, WeightedKind kind, Tensor source, Layout target) {
        Kernel of = step.kernel();
        Parameter kernel = weights.find(of.layer(), of.weight());
        Optional<Parameter> bias = of.bias().map(spec -> weights.vector(of.layer(), spec));
        Layout biasLayout = bias.map(Parameter::layout).orElseGet(() -> Layout.none(scope));
        PrimitiveAttributes attributes =
                PrimitiveAttributes.of(scope, false, step.epilogue().terms());
        Layout any = any(source.layout());
        Operation forward = fastest(
                        kernels(kernel), packed -> kind.forward(any, packed, biasLayout, target, attributes))
                .orElseThrow(() -> unsupported(step));
        Layout packed = forward.layout(scope, dnnl_query_weights_md);
        if (!kernel.isSettled()) {
            weights.settle(kernel, packed);
        }
        Tensor input = plan.in(forward.layout(scope, dnnl_query_src_md), source);
        Tensor result = plan.allocate(forward.layout(scope, dnnl_query_dst_md));
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.of(DNNL_ARG_SRC, input));
        arguments.add(plan.argument(DNNL_ARG_WEIGHTS, packed, kernel));
        bias.ifPresent(vector -> arguments.add(Argument.of(DNNL_ARG_BIAS, vector.layout(), vector.place())));
        arguments.add(Argument.of(DNNL_ARG_DST, result));
        plan.call(forward, arguments);
        planned.put(step.target(), new Planned(kind, forward, input, kernel, bias));
        return result;
    }

    /** Goes on to the gradients of kernel and bias; {@code gradient} is that before the activation. */
    void byWeights(Step.Weighted step, Tensor gradient) {
        Planned planned = this.planned.get(step.target());
        Parameter kernel = planned.kernel();
        Layout bias = planned.bias().map(Parameter::layout).orElseGet(() -> Layout.none(scope));
        Layout target = any(gradient.layout());
        List<Layout> kernels = List.of(kernel.layout(), any(kernel.layout()));
        Operation operation = fastest(kernels, packed -> planned.kind()
                        .weights(planned.forward(), planned.source().layout(), packed, bias, target))
                .filter(offer -> !offer.isSlow())
                .or(() -> fastest(kernels, packed -> planned.kind()
                        .weights(planned.forward(), any(planned.source().layout()), packed, bias, target)))
                .orElseThrow(() -> unsupported(step));
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.of(DNNL_ARG_SRC, plan.in(operation.layout(scope, dnnl_query_src_md), planned.source())));
        arguments.add(
                Argument.of(DNNL_ARG_DIFF_DST, plan.in(operation.layout(scope, dnnl_query_diff_dst_md), gradient)));
        planned.bias()
                .ifPresent(vector ->
                        arguments.add(Argument.of(DNNL_ARG_DIFF_BIAS, vector.layout(), vector.gradientPlace())));
        Layout given = operation.layout(scope, dnnl_query_diff_weights_md);
        if (!kernel.learns()) {
            arguments.add(Argument.of(DNNL_ARG_DIFF_WEIGHTS, plan.allocate(given)));
            plan.call(operation, arguments);
        } else if (given.same(kernel.layout())) {
            arguments.add(Argument.of(DNNL_ARG_DIFF_WEIGHTS, given, kernel.gradientPlace()));
            plan.call(operation, arguments);
        } else {
            Tensor other = plan.allocate(given);
            arguments.add(Argument.of(DNNL_ARG_DIFF_WEIGHTS, other));
            plan.call(operation, arguments);
            plan.reorder(other, kernel.layout(), kernel.gradientPlace());
        }
    }

    /** The gradient of the source; {@code gradient} is that before the activation. */
    Tensor byData(Step.Weighted step, Tensor gradient) {
        Planned planned = this.planned.get(step.target());
        Layout target = any(gradient.layout());
        Layout source = any(planned.source().layout());
        Operation operation = fastest(kernels(planned.kernel()), packed -> planned.kind()
                        .data(planned.forward(), source, packed, target))
                .orElseThrow(() -> unsupported(step));
        Tensor result = plan.allocate(operation.layout(scope, dnnl_query_diff_src_md));
        plan.call(
                operation,
                List.of(
                        Argument.of(
                                DNNL_ARG_DIFF_DST, plan.in(operation.layout(scope, dnnl_query_diff_dst_md), gradient)),
                        plan.argument(
                                DNNL_ARG_WEIGHTS, operation.layout(scope, dnnl_query_weights_md), planned.kernel()),
                        Argument.of(DNNL_ARG_DIFF_SRC, result)));
        return result;
    }

    /** The layout that the kernel has, if it has one, before one of oneDNN's choice. */
    private List<Layout> kernels(Parameter kernel) {
        Layout any = Layout.any(scope, dnnl_f32, kernel.sizes());
        return kernel.isSettled() ? List.of(kernel.layout(), any) : List.of(any);
    }

    /** The first offer of fast code, or else of any. */
    private static Optional<Operation> fastest(List<Layout> kernels, Function<Layout, Optional<Operation>> offers) {
        Optional<Operation> slow = Optional.empty();
        for (Layout kernel : kernels) {
            Optional<Operation> offer = offers.apply(kernel);
            if (offer.isPresent() && !offer.get().isSlow()) {
                return offer;
            }
            slow = slow.or(() -> offer);
        }
        return slow;
    }

    /**
     * Blocks of 16 channels, if those fill them: left to itself, oneDNN chooses channels innermost forward and blocks
     * backward, and every map is copied twice between the two.
     */
    private Layout map(long[] sizes) {
        return sizes[1] % BLOCK == 0
                ? Layout.tagged(scope, dnnl_f32, dnnl_nChw16c, sizes)
                : Layout.any(scope, dnnl_f32, sizes);
    }

    private Layout any(Layout layout) {
        return Layout.any(scope, dnnl_f32, layout.sizes());
    }

    private static UnsupportedLayerException unsupported(Step.Weighted step) {
        return new UnsupportedLayerException("layer %s: oneDNN cannot train it"
                .formatted(step.kernel().layer().name()));
    }
}
