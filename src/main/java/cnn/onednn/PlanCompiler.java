package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;

import cnn.network.ActivationFunction;
import cnn.network.Pads;
import cnn.network.Shape;
import cnn.program.Program;
import cnn.program.Step;
import cnn.program.UnsupportedLayerException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles a program for one number of images.
 *
 * <p>Maps are in the program's precision and in whatever layout oneDNN wants. Vectors, and maps of a single cell, are
 * plain floats, so that no rounding touches features, logits and probabilities.
 */
final class PlanCompiler implements AutoCloseable {
    private final Program program;
    private final Precision precision;
    private final PlanBuilder plan = new PlanBuilder();
    private final Scope scope = plan.scope();
    private final Shaping shaping;
    private final Map<String, Integer> uses;
    private final Map<String, Tensor> values = new HashMap<>();
    private final Map<String, Tensor> delivered = new HashMap<>();

    private final WeightedSteps weighted;

    private PlanCompiler(Program program, PackedWeights weights, Precision precision, int images) {
        this.program = program;
        this.weighted = new WeightedSteps(plan, weights, precision);
        this.precision = precision;
        this.shaping = new Shaping(plan, images);
        this.uses = program.uses();
    }

    static BatchPlan compile(Program program, PackedWeights weights, Precision precision, int images) {
        try (PlanCompiler compiler = new PlanCompiler(program, weights, precision, images)) {
            return compiler.compile();
        }
    }

    @Override
    public void close() {
        plan.close();
    }

    private BatchPlan compile() {
        String inputName = program.input().name();
        Tensor input = plan.allocate(shaping.plain(dnnl_f32, program.input().outputShape()));
        input.slot().touchBefore();
        define(inputName, input);
        for (Step step : program.steps()) {
            Tensor result = compile(step);
            step.sources().forEach(source -> values.get(source).slot().expectReads(-1));
            if (step instanceof Step.Deliver) {
                delivered.put(step.target(), result);
            } else {
                define(step.target(), result);
            }
        }
        List<Tensor> outputs = program.outputs().stream()
                .map(node -> delivered.get(node.name()))
                .toList();
        return plan.build(input, outputs);
    }

    private Tensor compile(Step step) {
        if (step instanceof Step.Convolve convolve) {
            return convolve(convolve);
        } else if (step instanceof Step.Multiply multiply) {
            return multiply(multiply);
        } else if (step instanceof Step.Pool pool) {
            return pool(pool);
        } else if (step instanceof Step.Activate activate) {
            return activate(activate);
        } else if (step instanceof Step.Sum sum) {
            return sum(sum);
        } else if (step instanceof Step.Join join) {
            return join(join);
        } else if (step instanceof Step.Pad pad) {
            return pad(pad);
        } else if (step instanceof Step.Reshape reshape) {
            return reshape(reshape);
        } else if (step instanceof Step.Deliver deliver) {
            return deliver(deliver);
        }
        throw new AssertionError("unknown step " + step);
    }

    private Tensor convolve(Step.Convolve step) {
        Shape shape = shape(step.target());
        Tensor source = shaping.asMap(values.get(step.source()));
        boolean asIs =
                !step.source().equals(program.input().name()) && source.layout().type() == precision.type();
        Optional<Tensor> accumulator = step.epilogue()
                .addend()
                .map(addend -> accumulator(values.get(addend)))
                .map(shaping::asMap);
        Layout target = accumulator
                .map(Tensor::layout)
                .orElseGet(() -> Layout.any(scope, type(shape), shaping.mapSizes(shape)));
        return shaping.ofShape(weighted.convolve(step, source, asIs, accumulator, target), shape);
    }

    /** A tensor with the addend's numbers that may be written to: the addend itself, if nobody else reads it. */
    private Tensor accumulator(Tensor addend) {
        if (addend.slot().readsToCome() == 1) {
            return addend;
        }
        Tensor copy = plan.allocate(addend.layout());
        plan.reorder(addend, copy, Attributes.none(scope));
        return copy;
    }

    private Tensor multiply(Step.Multiply step) {
        Layout source = shaping.plain(precision.type(), step.kernel().layer().inputShape());
        return weighted.multiply(
                step, plan.in(source, values.get(step.source())), shaping.plain(dnnl_f32, shape(step.target())));
    }

    private Tensor pool(Step.Pool step) {
        Tensor source = values.get(step.source());
        Layout targetLayout = Layout.any(scope, source.layout().type(), shaping.mapSizes(shape(step.target())));
        Operation operation = Operation.pooling(scope, dnnl_forward_inference, source.layout(), targetLayout, step)
                .orElseThrow(() -> new UnsupportedLayerException("layer " + step.target() + ": no such pooling"));
        Tensor target = plan.allocate(operation.layout(scope, dnnl_query_dst_md));
        plan.call(operation, List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, target)));
        return shaping.ofShape(target, shape(step.target()));
    }

    private Tensor activate(Step.Activate step) {
        Tensor source = values.get(step.source());
        Tensor target = source.slot().readsToCome() == 1 ? source : plan.allocate(source.layout());
        Operation operation = Operation.activation(scope, step.function(), source.layout());
        plan.call(operation, List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, target)));
        return target;
    }

    private Tensor sum(Step.Sum step) {
        Tensor first = values.get(step.sources().get(0));
        Tensor target = plan.allocate(first.layout());
        plan.reorder(first, target, Attributes.none(scope));
        for (String source : step.sources().subList(1, step.sources().size())) {
            plan.reorder(values.get(source), target, Attributes.of(scope, true, ActivationFunction.LINEAR));
        }
        return target;
    }

    private Tensor join(Step.Join step) {
        Layout layout = shaping.plain(precision.type(), shape(step.target()));
        Tensor target = plan.allocate(layout);
        long channel = 0;
        for (String name : step.sources()) {
            Tensor source = values.get(name);
            Layout part = layout.part(scope, source.layout().sizes(), 0, channel, 0, 0)
                    .orElseThrow();
            plan.reorder(source, target.as(part), Attributes.none(scope));
            channel += shape(name).channels();
        }
        return target;
    }

    private Tensor pad(Step.Pad step) {
        Pads pads = step.pads();
        Tensor source = values.get(step.source());
        Layout layout = shaping.plain(type(shape(step.target())), shape(step.target()));
        Tensor target = plan.allocateZeros(layout);
        Layout inside = layout.part(scope, source.layout().sizes(), 0, 0, pads.top(), pads.left())
                .orElseThrow();
        plan.reorder(source, target.as(inside), Attributes.none(scope));
        return target;
    }

    private Tensor reshape(Step.Reshape step) {
        Tensor source = values.get(step.source());
        Shape target = shape(step.target());
        Tensor plainSource = plan.in(shaping.plain(type(target), shape(step.source())), source);
        return plainSource.as(shaping.plain(type(target), target));
    }

    private Tensor deliver(Step.Deliver step) {
        Tensor source = values.get(step.source());
        Tensor copy = plan.in(shaping.plain(dnnl_f32, shape(step.source())), source);
        copy.slot().expectReads(1);
        copy.slot().touchAfter();
        return copy;
    }

    private void define(String name, Tensor tensor) {
        tensor.slot().expectReads(uses.getOrDefault(name, 0));
        values.put(name, tensor);
    }

    private Shape shape(String value) {
        return program.shapes().get(value);
    }

    /** The number type of values of that shape. */
    private int type(Shape shape) {
        return shape.elements() == shape.channels() ? dnnl_f32 : precision.type();
    }
}
