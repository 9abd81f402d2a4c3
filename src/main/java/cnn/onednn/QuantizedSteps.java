package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_s8;

import cnn.network.Scalar;
import cnn.program.Epilogue;
import cnn.program.Grid;
import cnn.program.Kernel;
import cnn.program.Step;
import cnn.program.UnsupportedLayerException;
import cnn.program.WholeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles convolutions and dense layers that multiply whole numbers of 8 bits. */
final class QuantizedSteps {

    /** What holds the values to be added, on which grid if they are whole numbers; it becomes the result. */
    record Accumulator(Tensor tensor, Optional<Grid> grid) {}

    /** What oneDNN offers for a layout of the kernel. */
    private interface Offer {
        Optional<Operation> of(Layout kernel);
    }

    private final PlanBuilder plan;
    private final NativeScope scope;
    private final QuantizedWeights weights;

    QuantizedSteps(PlanBuilder plan, QuantizedWeights weights) {
        this.plan = plan;
        this.scope = plan.scope();
        this.weights = weights;
    }

    /**
     * @param from what the source is
     * @param to the result's grid, if that is to be whole numbers
     * @param target the layout of the result; {@code any} is allowed
     */
    Tensor convolve(
            Step.Convolve step,
            Tensor source,
            WholeSource from,
            Optional<Accumulator> accumulator,
            Optional<Grid> to,
            Layout target) {
        Kernel kernel = step.kernel();
        QuantizedWeights.Entry entry = weights.entry(kernel, from);
        PrimitiveAttributes attributes = attributes(entry, step.epilogue(), accumulator, to);
        Layout any = Layout.any(scope, source.layout().type(), source.layout().sizes());
        Operation operation = choose(
                kernel,
                entry,
                packed -> Operation.convolution(
                        scope,
                        dnnl_convolution_direct,
                        any,
                        packed,
                        entry.bias(),
                        target,
                        kernel.window(),
                        step.pads(),
                        attributes));
        Layout given = operation.layout(scope, dnnl_query_dst_md);
        Tensor result = accumulator.map(added -> added.tensor().as(given)).orElseGet(() -> plan.allocate(given));
        return call(operation, entry, source, result);
    }

    /** @param target the layout of the result, not {@code any} */
    Tensor multiply(Step.Multiply step, Tensor source, WholeSource from, Optional<Grid> to, Layout target) {
        Kernel kernel = step.kernel();
        QuantizedWeights.Entry entry = weights.entry(kernel, from);
        PrimitiveAttributes attributes = attributes(entry, step.epilogue(), Optional.empty(), to);
        Operation operation = choose(
                kernel,
                entry,
                packed -> Operation.innerProduct(scope, source.layout(), packed, entry.bias(), target, attributes));
        return call(operation, entry, source, plan.allocate(target));
    }

    /** The kernel as it is packed already goes before a layout of oneDNN's choice, so that plans share it. */
    private Operation choose(Kernel kernel, QuantizedWeights.Entry entry, Offer offer) {
        List<Layout> kernels = new ArrayList<>(entry.layouts());
        kernels.add(Layout.any(scope, dnnl_s8, KerasLayout.sizes(kernel.weight())));
        Optional<Operation> slow = Optional.empty();
        for (Layout packed : kernels) {
            Optional<Operation> operation = offer.of(packed);
            if (operation.isPresent() && !operation.get().isSlow()) {
                return operation.get();
            }
            slow = slow.or(() -> operation);
        }
        return slow.orElseThrow(() -> new UnsupportedLayerException("layer %s: oneDNN has no int8 code for it"
                .formatted(kernel.layer().name())));
    }

    private Tensor call(Operation operation, QuantizedWeights.Entry entry, Tensor source, Tensor result) {
        Tensor input = plan.in(operation.layout(scope, dnnl_query_src_md), source);
        PackedWeights.Packed packed = weights.kernel(entry, operation.layout(scope, dnnl_query_weights_md));
        plan.call(
                operation,
                List.of(
                        Argument.of(DNNL_ARG_SRC, input),
                        Argument.of(DNNL_ARG_WEIGHTS, packed.layout(), packed.place()),
                        Argument.of(DNNL_ARG_BIAS, entry.bias(), entry.added().at(0)),
                        Argument.of(DNNL_ARG_DST, result)));
        return result;
    }

    /** Functions that commute with factors are applied to numbers of the target's grid, others to the numbers they stand for. */
    private PrimitiveAttributes attributes(
            QuantizedWeights.Entry entry, Epilogue epilogue, Optional<Accumulator> accumulator, Optional<Grid> to) {
        List<Scalar> terms = new ArrayList<>(epilogue.terms());
        while (!terms.isEmpty() && to.isPresent() && to.get().replaces(terms.get(terms.size() - 1))) {
            terms.remove(terms.size() - 1);
        }
        double step = to.map(Grid::scale).orElse(1.0);
        double unit = terms.stream().allMatch(QuantizedSteps::commutesWithFactors) ? step : 1;
        float[] scales = entry.scales().clone();
        for (int c = 0; c < scales.length; c++) {
            scales[c] /= (float) unit;
        }
        List<Eltwise> functions =
                terms.stream().map(term -> Eltwise.of(term).scaled(unit)).toList();
        Optional<PrimitiveAttributes.Addend> addend = accumulator.map(added -> new PrimitiveAttributes.Addend(
                added.grid().map(Grid::scale).orElse(1.0) / unit,
                added.tensor().layout().type()));
        return PrimitiveAttributes.ofWhole(scope, scales, addend, functions, unit / step);
    }

    private static boolean commutesWithFactors(Scalar term) {
        return term.kind() == Scalar.Kind.RELU || term.kind() == Scalar.Kind.CLIP;
    }
}
