package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_winograd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import cnn.network.Window;
import cnn.program.Kernel;
import cnn.program.Precision;
import cnn.program.Step;
import cnn.program.UnsupportedLayerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles convolutions and dense layers, with their weights in the layouts that suit them. */
final class WeightedSteps {
    private static final int WINOGRAD_CHANNELS = 64;
    /** From here on 5 to 10 runs repay the time for transforming the kernel; so do 14 x 14 cells of 4 images. */
    private static final long WINOGRAD_CELLS = 700;

    /** What oneDNN offers for these layouts. */
    private interface Offer {
        Optional<Operation> of(Layout source, Layout kernel);
    }

    private final PlanBuilder plan;
    private final NativeScope scope;
    private final PackedWeights weights;
    private final Precision precision;
    private final boolean alike;

    /** @param alike whether a convolution must be computed alike for all numbers of images */
    WeightedSteps(PlanBuilder plan, PackedWeights weights, Precision precision, boolean alike) {
        this.plan = plan;
        this.scope = plan.scope();
        this.weights = weights;
        this.precision = precision;
        this.alike = alike;
    }

    /**
     * @param asIs whether the source's layout should be taken as it is, if there is fast code for that
     * @param accumulator what holds the values to be added, and becomes the result
     * @param target the layout of the result; {@code any} is allowed
     */
    Tensor convolve(Step.Convolve step, Tensor source, boolean asIs, Optional<Tensor> accumulator, Layout target) {
        Kernel kernel = step.kernel();
        Layout any = Layout.any(scope, Dnnl.type(precision), source.layout().sizes());
        List<Layout> sources = asIs ? List.of(source.layout(), any) : List.of(any);
        Operation operation = winograd(kernel, any, convolution(dnnl_convolution_winograd, step, accumulator, target))
                .or(() -> direct(kernel, sources, convolution(dnnl_convolution_direct, step, accumulator, target)))
                .orElseThrow(() -> unsupported(kernel));
        Tensor result = accumulator.orElseGet(() -> plan.allocate(operation.layout(scope, dnnl_query_dst_md)));
        call(operation, kernel, source, result);
        return result;
    }

    /** @param target the layout of the result, not {@code any} */
    Tensor multiply(Step.Multiply step, Tensor source, Layout target) {
        Kernel kernel = step.kernel();
        Layout bias = weights.bias(kernel).layout();
        PrimitiveAttributes attributes =
                PrimitiveAttributes.of(scope, false, step.epilogue().terms());
        Operation operation = direct(
                        kernel,
                        List.of(source.layout()),
                        (from, packed) -> Operation.innerProduct(scope, from, packed, bias, target, attributes))
                .orElseThrow(() -> unsupported(kernel));
        Tensor result = plan.allocate(target);
        call(operation, kernel, source, result);
        return result;
    }

    /**
     * The kernel by Winograd's minimal filtering (Lavin and Gray 2015): a half to a quarter of the multiplications for 3x3
     * kernels. Its tiles need channels to fill registers, and cells to make up for transforming the kernel, which grows
     * to up to 4 times its size. The first plan decides; others use its kernel, or do without.
     */
    private Optional<Operation> winograd(Kernel kernel, Layout source, Offer offer) {
        long[] sizes = source.sizes();
        Window window = kernel.window();
        boolean suits = !alike
                && !kernel.isGrouped()
                && !kernel.isTransposed()
                && window.equals(new Window(3, 3, 1, 1, 1, 1, window.padding()))
                && Math.min(kernel.inputs(), kernel.outputs()) >= WINOGRAD_CHANNELS
                && sizes[0] * sizes[2] * sizes[3] >= WINOGRAD_CELLS;
        if (weights.kernels(kernel).isEmpty()) {
            return suits ? offer.of(source, any(kernel)) : Optional.empty();
        }
        return weights.kernels(kernel).stream()
                .filter(packed -> packed.layout().isTransformed())
                .flatMap(packed -> offer.of(source, packed.layout()).stream())
                .findFirst();
    }

    private Offer convolution(int algorithm, Step.Convolve step, Optional<Tensor> accumulator, Layout target) {
        Kernel kernel = step.kernel();
        Layout bias = weights.bias(kernel).layout();
        PrimitiveAttributes attributes = PrimitiveAttributes.of(
                scope, accumulator.isPresent(), step.epilogue().terms());
        if (kernel.isTransposed()) {
            return (from, packed) -> Operation.deconvolution(
                    scope, from, packed, bias, target, kernel.window(), step.pads(), attributes);
        }
        return (from, packed) -> Operation.convolution(
                scope, algorithm, from, packed, bias, target, kernel.window(), step.pads(), attributes);
    }

    /**
     * The first offer of fast code, or else of any; the kernel as it is packed already goes before a layout of oneDNN's
     * choice, so that plans for several numbers of images share it.
     */
    private Optional<Operation> direct(Kernel kernel, List<Layout> sources, Offer offer) {
        List<Layout> kernels = new ArrayList<>();
        weights.kernels(kernel).stream()
                .map(PackedWeights.Packed::layout)
                .filter(layout -> !layout.isTransformed())
                .forEach(kernels::add);
        if (precision == Precision.FP32) {
            weights.asStored(kernel).ifPresent(kernels::add);
        }
        kernels.add(any(kernel));
        Optional<Operation> slow = Optional.empty();
        for (Layout source : sources) {
            for (Layout packed : kernels) {
                Optional<Operation> operation = offer.of(source, packed);
                if (operation.isPresent() && !operation.get().isSlow()) {
                    return operation;
                }
                slow = slow.or(() -> operation);
            }
        }
        return slow;
    }

    private void call(Operation operation, Kernel kernel, Tensor source, Tensor result) {
        Tensor input = plan.in(operation.layout(scope, dnnl_query_src_md), source);
        PackedWeights.Packed packed = weights.kernel(kernel, operation.layout(scope, dnnl_query_weights_md));
        PackedWeights.Packed bias = weights.bias(kernel);
        plan.call(
                operation,
                List.of(
                        Argument.of(DNNL_ARG_SRC, input),
                        Argument.of(DNNL_ARG_WEIGHTS, packed.layout(), packed.place()),
                        Argument.of(DNNL_ARG_BIAS, bias.layout(), bias.place()),
                        Argument.of(DNNL_ARG_DST, result)));
    }

    private Layout any(Kernel kernel) {
        return Layout.any(scope, Dnnl.type(precision), KerasLayout.sizes(kernel.weight()));
    }

    private static UnsupportedLayerException unsupported(Kernel kernel) {
        return new UnsupportedLayerException(
                "layer %s: oneDNN has no code for it".formatted(kernel.layer().name()));
    }
}
