package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import cnn.network.Pads;
import cnn.network.Shape;
import cnn.network.Weights;
import cnn.program.Cellwise;
import cnn.program.Pointwise;
import cnn.program.Precision;
import cnn.program.Program;
import cnn.program.Rearrangement;
import cnn.program.Step;
import cnn.program.StepVisitor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles the forward pass of a program for one number of images; here the steps that are the same whether weights are
 * fixed or learn. Each method gives the tensor that holds the step's target.
 *
 * <p>Maps are in the program's precision and in whatever layout oneDNN wants. Vectors, and maps of a single cell, are
 * plain floats, so that no rounding touches features, logits and probabilities.
 */
abstract class StepCompiler implements StepVisitor<Tensor>, AutoCloseable {
    final Program program;
    final PlanBuilder plan = new PlanBuilder();
    final NativeScope scope = plan.scope();
    final Shaping shaping;
    final Map<String, Tensor> values = new HashMap<>();

    final CombinedSteps combining;
    final RearrangedSteps rearranging;
    final CellNorms cellNorms;
    final Slopes slopes;
    private final Precision precision;
    private final Map<String, Integer> uses;
    private final Map<String, Tensor> delivered = new HashMap<>();

    StepCompiler(Program program, Precision precision, int images, CellNorms.Vectors vectors) {
        this.program = program;
        this.precision = precision;
        this.shaping = new Shaping(plan, images);
        this.uses = program.uses();
        this.combining = new CombinedSteps(plan, shaping, program.shapes());
        this.rearranging = new RearrangedSteps(plan, shaping);
        this.cellNorms = new CellNorms(plan, shaping, vectors);
        this.slopes = new Slopes(plan, shaping, vectors);
    }

    /** Plans all steps; gives the input. */
    final Tensor planForward() {
        Tensor input = plan.allocate(shaping.plain(dnnl_f32, program.input().outputShape()));
        input.slot().touchBefore();
        define(program.input().name(), input);
        for (Step step : program.steps()) {
            begin(step);
            Tensor result = step.accept(this);
            step.sources().forEach(source -> values.get(source).slot().expectReads(-1));
            if (step instanceof Step.Deliver) {
                delivered.put(step.target(), result);
            } else {
                define(step.target(), result);
            }
        }
        return input;
    }

    final List<Tensor> outputs() {
        return program.outputs().stream()
                .map(node -> delivered.get(node.name()))
                .toList();
    }

    @Override
    public Tensor activate(Step.Activate step) {
        Tensor source = value(step.source());
        if (step.term().hasFormula()) {
            Tensor plain = plan.in(shaping.plain(dnnl_f32, shape(step.source())), source);
            Tensor result = plan.allocate(plain.layout());
            plan.loop(List.of(plain), result, (from, to) -> {
                for (int i = 0; i < to.limit(); i++) {
                    to.put(i, (float) step.term().value(from.get(0).get(i)));
                }
            });
            return result;
        }
        Tensor result = mayOverwrite(step) ? source : plan.allocate(source.layout());
        plan.call(
                function(step, source.layout()),
                List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, result)));
        return result;
    }

    /** Whether nobody needs what a function is given once it has been applied. */
    abstract boolean mayOverwrite(Step.Activate step);

    abstract Operation function(Step.Activate step, Layout layout);

    @Override
    public Tensor sum(Step.Sum step) {
        Tensor first = value(step.sources().get(0));
        Tensor target = isLastRead(step.sources().get(0)) ? first : plan.allocate(first.layout());
        Tensor sum = first;
        for (String source : step.sources().subList(1, step.sources().size())) {
            plan.binary(dnnl_binary_add, sum, plan.in(first.layout(), value(source)), target);
            sum = target;
        }
        return target;
    }

    @Override
    public Tensor combine(Pointwise.Combine step) {
        return combining.combine(
                step, value(step.left()), value(step.right()), isLastRead(step.left()), isLastRead(step.right()));
    }

    /** Whether this step may write over a value, since nobody reads it after. */
    abstract boolean isLastRead(String value);

    @Override
    public final Tensor affine(Pointwise.Affine step) {
        return combining.affine(step, value(step.source()), weights());
    }

    /** The weights as Keras lays them out. */
    abstract Weights weights();

    @Override
    public final Tensor slope(Pointwise.Slope step) {
        return slopes.forward(step, value(step.source()), shape(step.source()));
    }

    @Override
    public final Tensor normalizeCells(Cellwise.NormalizeCells step) {
        return cellNorms.forward(step, value(step.source()), shape(step.source()), learns());
    }

    /** Whether there will be a backward pass. */
    abstract boolean learns();

    @Override
    public final Tensor slice(Rearrangement.Slice step) {
        long[] offsets = Shaping.offsets(List.of(step.top(), step.left(), step.channel()));
        return rearranging.slice(value(step.source()), shape(step.source()), offsets, shape(step.target()));
    }

    @Override
    public final Tensor permute(Rearrangement.Permute step) {
        return rearranging.permute(value(step.source()), shape(step.source()), step.axes(), shape(step.target()));
    }

    @Override
    public final Tensor resample(Rearrangement.Resample step) {
        return rearranging.resample(step.bilinear(), value(step.source()), shape(step.target()));
    }

    @Override
    public final Tensor join(Step.Join step) {
        Shape joined = shape(step.target());
        Layout layout = shaping.plain(type(step.target()), joined);
        Tensor target = plan.allocate(layout);
        Integer[] offsets = new Integer[joined.sizes().size()];
        Arrays.fill(offsets, 0);
        for (String name : step.sources()) {
            Tensor source = value(name);
            Layout part = layout.part(scope, source.layout().sizes(), Shaping.offsets(List.of(offsets)))
                    .orElseThrow();
            plan.reorder(source, target.as(part), joining(name, step.target()));
            offsets[step.axis()] += shape(name).sizes().get(step.axis());
        }
        return target;
    }

    /** What is done to a value that becomes part of another. */
    PrimitiveAttributes joining(String source, String target) {
        return PrimitiveAttributes.none(scope);
    }

    @Override
    public final Tensor pad(Step.Pad step) {
        Pads pads = step.pads();
        Tensor source = value(step.source());
        Layout layout = shaping.plain(type(step.target()), shape(step.target()));
        Tensor target = plan.allocateZeros(layout);
        Layout inside = layout.part(scope, source.layout().sizes(), 0, 0, pads.top(), pads.left())
                .orElseThrow();
        plan.reorder(source, target.as(inside), PrimitiveAttributes.none(scope));
        return target;
    }

    @Override
    public final Tensor reshape(Step.Reshape step) {
        Tensor source = value(step.source());
        Shape target = shape(step.target());
        Tensor plainSource = plan.in(shaping.plain(type(step.target()), shape(step.source())), source);
        return plainSource.as(shaping.plain(type(step.target()), target));
    }

    @Override
    public final Tensor deliver(Step.Deliver step) {
        Tensor source = value(step.source());
        Tensor copy = plan.in(shaping.plain(dnnl_f32, shape(step.source())), source);
        copy.slot().expectReads(1);
        copy.slot().touchAfter();
        return copy;
    }

    @Override
    public final void close() {
        plan.close();
    }

    final Shape shape(String value) {
        return program.shapes().get(value);
    }

    /** How often a value is read. */
    final int uses(String value) {
        return uses.getOrDefault(value, 0);
    }

    /** A value as the step that is being compiled reads it. */
    Tensor value(String name) {
        return values.get(name);
    }

    /** The number type of a value. */
    int type(String value) {
        Shape shape = shape(value);
        return shape.elements() == shape.channels() ? dnnl_f32 : Dnnl.type(precision);
    }

    private void define(String name, Tensor tensor) {
        tensor.slot().expectReads(uses(name));
        values.put(name, tensor);
        defined(name, tensor);
    }

    /** Called before a step is compiled. */
    void begin(Step step) {}

    /** Called when the steps so far give a value. */
    abstract void defined(String value, Tensor tensor);
}
