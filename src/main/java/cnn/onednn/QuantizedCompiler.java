package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_s8;
import static org.bytedeco.dnnl.global.dnnl.dnnl_u8;

import cnn.network.Shape;
import cnn.program.Grid;
import cnn.program.Pointwise;
import cnn.program.Precision;
import cnn.program.QuantizedProgram;
import cnn.program.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles a program some of whose values are whole numbers of 8 bits; what must be floats is turned into floats, and back. */
final class QuantizedCompiler extends InferenceCompiler {
    private final QuantizedProgram quantized;
    private final QuantizedSteps whole;
    /** Of values that are kept as whole numbers the floats, and the other way round, where somebody has wanted them. */
    private final Map<String, Tensor> floats = new HashMap<>();

    private final Map<String, Tensor> wholes = new HashMap<>();
    private boolean readsWhole;

    private QuantizedCompiler(
            QuantizedProgram quantized, PackedWeights weights, QuantizedWeights wholeWeights, int images) {
        super(quantized.program(), weights, Precision.FP32, images, Optional.empty());
        this.quantized = quantized;
        this.whole = new QuantizedSteps(plan, wholeWeights);
    }

    static InferencePlan compile(
            QuantizedProgram quantized, PackedWeights weights, QuantizedWeights wholeWeights, int images) {
        return new QuantizedCompiler(quantized, weights, wholeWeights, images).compile();
    }

    @Override
    boolean computesAlike() {
        return true;
    }

    @Override
    void begin(Step step) {
        readsWhole = quantized.isKept(step.target()) && !(step instanceof Step.Deliver);
    }

    @Override
    Tensor value(String name) {
        return readsWhole ? whole(name) : floats(name);
    }

    @Override
    int type(String value) {
        return quantized.isKept(value) ? type(quantized.grid(value)) : super.type(value);
    }

    @Override
    public Tensor convolve(Step.Convolve step) {
        if (!quantized.isWhole(step)) {
            return super.convolve(step);
        }
        Shape shape = shape(step.target());
        Tensor source = shaping.asMap(whole(step.source()));
        Optional<Grid> to = Optional.of(step.target()).filter(quantized::isKept).map(quantized::grid);
        Optional<QuantizedSteps.Accumulator> accumulator =
                step.epilogue().addend().map(this::accumulated);
        Layout target = accumulator
                .map(added -> added.tensor().layout().as(scope, type(step.target())))
                .orElseGet(() -> Layout.any(scope, type(step.target()), shaping.mapSizes(shape)));
        Tensor result = whole.convolve(step, source, quantized.source(step), accumulator, to, target);
        return shaping.ofShape(result, shape, type(step.target()));
    }

    private QuantizedSteps.Accumulator accumulated(String addend) {
        Tensor added = shaping.asMap(accumulator(addend));
        Tensor tensor = plan.in(
                Layout.plain(scope, added.layout().type(), added.layout().sizes()), added);
        return new QuantizedSteps.Accumulator(
                tensor, readsWhole ? Optional.of(quantized.grid(addend)) : Optional.empty());
    }

    @Override
    public Tensor multiply(Step.Multiply step) {
        if (!quantized.isWhole(step)) {
            return super.multiply(step);
        }
        Grid from = quantized.grid(step.source());
        Tensor source = plan.in(shaping.plain(type(from), shape(step.source())), whole(step.source()));
        Optional<Grid> to = Optional.of(step.target()).filter(quantized::isKept).map(quantized::grid);
        return whole.multiply(
                step, source, quantized.source(step), to, shaping.plain(type(step.target()), shape(step.target())));
    }

    @Override
    PrimitiveAttributes joining(String source, String target) {
        if (!quantized.isKept(target)) {
            return super.joining(source, target);
        }
        return PrimitiveAttributes.scaled(
                scope, quantized.grid(source).scale() / quantized.grid(target).scale());
    }

    /** Both on the grid of the sum. */
    @Override
    public Tensor sum(Step.Sum step) {
        if (!readsWhole) {
            return super.sum(step);
        }
        List<String> sources = step.sources();
        Tensor first = value(sources.get(0));
        Tensor second = value(sources.get(1));
        Tensor target = plan.allocate(first.layout().as(scope, type(step.target())));
        double unit = quantized.grid(step.target()).scale();
        plan.binary(
                dnnl_binary_add,
                first,
                second,
                target,
                PrimitiveAttributes.ofSources(
                        scope,
                        quantized.grid(sources.get(0)).scale() / unit,
                        quantized.grid(sources.get(1)).scale() / unit));
        return target;
    }

    /** A map times a number for each of its channels, which is a float. */
    @Override
    public Tensor combine(Pointwise.Combine step) {
        if (!readsWhole) {
            return super.combine(step);
        }
        double factor = quantized.grid(step.left()).scale()
                / quantized.grid(step.target()).scale();
        Tensor map = value(step.left());
        Tensor gate = floats(step.right());
        Tensor gates = plan.in(Layout.plain(scope, dnnl_f32, gate.layout().sizes()), gate);
        Tensor target = plan.allocate(map.layout().as(scope, type(step.target())));
        Gates.apply(plan, dnnl_binary_mul, map, gates, target, PrimitiveAttributes.ofSources(scope, factor, 1));
        return target;
    }

    /** What is cut off lies outside the grid of the result. */
    @Override
    public Tensor activate(Step.Activate step) {
        if (!readsWhole) {
            return super.activate(step);
        }
        return converted(value(step.source()), quantized.grid(step.source()).scale(), quantized.grid(step.target()));
    }

    private Tensor floats(String name) {
        Tensor value = values.get(name);
        if (!isWhole(value)) {
            return value;
        }
        return floats.computeIfAbsent(name, kept -> {
            Tensor copy =
                    plan.allocate(Layout.plain(scope, dnnl_f32, value.layout().sizes()));
            copy.slot().expectReads(1);
            plan.reorder(
                    value,
                    copy,
                    PrimitiveAttributes.scaled(scope, quantized.grid(kept).scale()));
            return copy;
        });
    }

    private Tensor whole(String name) {
        Tensor value = values.get(name);
        return isWhole(value) ? value : wholes.computeIfAbsent(name, read -> converted(value, 1, quantized.grid(read)));
    }

    private Tensor converted(Tensor value, double scale, Grid grid) {
        Tensor copy =
                plan.allocate(Layout.plain(scope, type(grid), value.layout().sizes()));
        copy.slot().expectReads(1);
        plan.reorder(value, copy, PrimitiveAttributes.scaled(scope, scale / grid.scale()));
        return copy;
    }

    private static boolean isWhole(Tensor tensor) {
        return tensor.layout().type() == dnnl_u8 || tensor.layout().type() == dnnl_s8;
    }

    private static int type(Grid grid) {
        return grid.signed() ? dnnl_s8 : dnnl_u8;
    }
}
