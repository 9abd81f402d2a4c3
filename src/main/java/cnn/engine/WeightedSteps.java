package cnn.engine;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles convolutions and dense layers, with their weights in the layouts that suit them. */
final class WeightedSteps {

    /** What oneDNN offers for these layouts. */
    private interface Offer {
        Optional<Operation> of(Layout source, Layout kernel);
    }

    private final PlanBuilder plan;
    private final Scope scope;
    private final PackedWeights weights;
    private final Precision precision;

    WeightedSteps(PlanBuilder plan, PackedWeights weights, Precision precision) {
        this.plan = plan;
        this.scope = plan.scope();
        this.weights = weights;
        this.precision = precision;
    }

    /**
     * @param asIs whether the source's layout should be taken as it is, if there is fast code for that
     * @param accumulator what holds the values to be added, and becomes the result
     * @param target the layout of the result; {@code any} is allowed
     */
    Tensor convolve(Step.Convolve step, Tensor source, boolean asIs, Optional<Tensor> accumulator, Layout target) {
        Kernel kernel = step.kernel();
        Layout bias = weights.bias(kernel).layout();
        Attributes attributes =
                Attributes.of(scope, accumulator.isPresent(), step.epilogue().activation());
        Layout any = Layout.any(scope, precision.type(), source.layout().sizes());
        List<Layout> sources = asIs ? List.of(source.layout(), any) : List.of(any);
        Operation operation = choose(
                kernel,
                sources,
                (from, packed) -> Operation.convolution(
                        scope, from, packed, bias, target, kernel.window(), step.pads(), attributes));
        Tensor result = accumulator.orElseGet(() -> plan.allocate(operation.layout(scope, dnnl_query_dst_md)));
        call(operation, kernel, source, result);
        return result;
    }

    /** @param target the layout of the result, not {@code any} */
    Tensor multiply(Step.Multiply step, Tensor source, Layout target) {
        Kernel kernel = step.kernel();
        Layout bias = weights.bias(kernel).layout();
        Attributes attributes = Attributes.of(scope, false, step.epilogue().activation());
        Operation operation = choose(
                kernel,
                List.of(source.layout()),
                (from, packed) -> Operation.innerProduct(scope, from, packed, bias, target, attributes));
        Tensor result = plan.allocate(target);
        call(operation, kernel, source, result);
        return result;
    }

    /**
     * The first offer of fast code; the kernel as it is packed already goes before a layout of oneDNN's choice, so that
     * plans for several numbers of images share it.
     */
    private Operation choose(Kernel kernel, List<Layout> sources, Offer offer) {
        Layout any = Layout.any(scope, precision.type(), PackedWeights.sizes(kernel));
        List<Layout> kernels = new ArrayList<>();
        weights.kernels(kernel).forEach(packed -> kernels.add(packed.layout()));
        kernels.add(any);
        Optional<Operation> slow = Optional.empty();
        for (Layout source : sources) {
            for (Layout packed : kernels) {
                Optional<Operation> operation = offer.of(source, packed);
                if (operation.isPresent() && !operation.get().isSlow()) {
                    return operation.get();
                }
                slow = slow.or(() -> operation);
            }
        }
        return slow.orElseThrow(() -> new UnsupportedLayerException(
                "layer %s: oneDNN has no code for it".formatted(kernel.layer().name())));
    }

    private void call(Operation operation, Kernel kernel, Tensor source, Tensor result) {
        Tensor input = plan.in(operation.layout(scope, dnnl_query_src_md), source);
        PackedWeights.Packed packed = weights.kernel(kernel, operation.layout(scope, dnnl_query_weights_md));
        PackedWeights.Packed bias = weights.bias(kernel);
        plan.call(
                operation,
                List.of(
                        Argument.of(DNNL_ARG_SRC, input),
                        Argument.of(
                                DNNL_ARG_WEIGHTS,
                                packed.layout(),
                                packed.block().at(0)),
                        Argument.of(DNNL_ARG_BIAS, bias.layout(), bias.block().at(0)),
                        Argument.of(DNNL_ARG_DST, result)));
    }
}
