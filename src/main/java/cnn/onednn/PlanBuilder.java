package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/**
 * Builds the sequence of primitives that a plan executes, and gives each tensor its place in the plan's memory. What is only
 * needed while a plan is built belongs to {@link #scope}.
 */
final class PlanBuilder implements AutoCloseable {

    private final NativeScope scope = new NativeScope();
    private final List<Plan.Call> calls = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Slot> zeroed = new ArrayList<>();
    private final Map<Tensor, float[]> constants = new LinkedHashMap<>();
    private int forwardCalls = Integer.MAX_VALUE;

    NativeScope scope() {
        return scope;
    }

    Tensor allocate(Layout layout) {
        Slot slot = new Slot(layout.bytes());
        slots.add(slot);
        return new Tensor(layout, slot);
    }

    /** Memory of its own whose bytes are zero until something is written to them; the next run counts as its reader. */
    Tensor allocateZeros(Layout layout) {
        Tensor tensor = allocate(layout);
        tensor.slot().touchBefore();
        tensor.slot().touchAfter();
        tensor.slot().expectReads(1);
        zeroed.add(tensor.slot());
        return tensor;
    }

    /** Numbers that are the same in each run. */
    Tensor constant(Layout layout, float[] values) {
        Tensor tensor = allocate(layout);
        tensor.slot().touchBefore();
        tensor.slot().touchAfter();
        constants.put(tensor, values);
        return tensor;
    }

    void call(Operation operation, List<Argument> arguments) {
        List<Argument> all = new ArrayList<>(arguments);
        Layout scratch = operation.layout(scope, dnnl_query_scratchpad_md);
        if (scratch.bytes() > 0) {
            all.add(Argument.of(DNNL_ARG_SCRATCHPAD, allocate(scratch)));
        }
        all.stream().filter(argument -> argument.slot() != null).forEach(argument -> argument.slot()
                .touch(calls.size()));
        calls.add(own -> new PrimitiveCommand(own, operation, all));
    }

    /** Work of a plain loop, on tensors of float32. */
    void loop(List<Tensor> sources, Tensor target, LoopCommand.Loop loop) {
        sources.forEach(source -> source.slot().touch(calls.size()));
        target.slot().touch(calls.size());
        calls.add(own -> new LoopCommand(loop, sources.stream().map(Port::of).toList(), Port.of(target)));
    }

    /** How many operations there are so far. */
    int callCount() {
        return calls.size();
    }

    /** Lets the backward pass begin. */
    void endForward() {
        forwardCalls = calls.size();
    }

    /** Copies into another layout, or adds to what is there. */
    void reorder(Tensor source, Tensor target, PrimitiveAttributes attributes) {
        Operation reorder = Operation.reorder(scope, source.layout(), target.layout(), attributes);
        call(reorder, List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, target)));
    }

    /** The same numbers in that layout, copied only if they are not in it. */
    Tensor in(Layout layout, Tensor source) {
        return source.layout().same(layout) ? source : copy(source, layout);
    }

    Tensor copy(Tensor source, Layout layout) {
        Tensor copy = allocate(layout);
        reorder(source, copy, PrimitiveAttributes.none(scope));
        return copy;
    }

    /** Two tensors of one layout multiplied number by number. */
    Tensor product(Tensor first, Tensor second) {
        Tensor product = allocate(first.layout());
        binary(dnnl_binary_mul, first, second, product);
        return product;
    }

    /**
     * Two tensors taken together number by number, the second perhaps with single places along some axes.
     *
     * @param algorithm oneDNN's {@code dnnl_binary_...}
     * @param target in the layout of the first, which it may be
     */
    void binary(int algorithm, Tensor first, Tensor second, Tensor target) {
        binary(algorithm, first, second, target, PrimitiveAttributes.none(scope));
    }

    /** See {@link #binary(int, Tensor, Tensor, Tensor)}. */
    void binary(int algorithm, Tensor first, Tensor second, Tensor target, PrimitiveAttributes attributes) {
        call(
                GradientOperations.binary(
                        scope, algorithm, first.layout(), second.layout(), target.layout(), attributes),
                List.of(
                        Argument.of(DNNL_ARG_SRC_0, first),
                        Argument.of(DNNL_ARG_SRC_1, second),
                        Argument.of(DNNL_ARG_DST, target)));
    }

    /** Copies to a fixed place. */
    void reorder(Tensor source, Layout layout, Pointer place) {
        Operation reorder = Operation.reorder(scope, source.layout(), layout, PrimitiveAttributes.none(scope));
        call(reorder, List.of(Argument.of(DNNL_ARG_SRC, source), Argument.of(DNNL_ARG_DST, layout, place)));
    }

    /**
     * A weight as an argument's value in that layout: where it is, or a copy made anew in each run, since weights that learn
     * change between runs.
     */
    Argument argument(int name, Layout layout, Parameter weight) {
        if (weight.layout().same(layout)) {
            return Argument.of(name, layout, weight.place());
        }
        Tensor copy = allocate(layout);
        Operation reorder = Operation.reorder(scope, weight.layout(), layout, PrimitiveAttributes.none(scope));
        call(
                reorder,
                List.of(Argument.of(DNNL_ARG_SRC, weight.layout(), weight.place()), Argument.of(DNNL_ARG_DST, copy)));
        return Argument.of(name, copy);
    }

    /** @param open the tensors that the caller writes or reads */
    Plan build(List<Tensor> open) {
        return new Plan(calls, forwardCalls, slots, zeroed, constants, open);
    }

    @Override
    public void close() {
        scope.close();
    }
}
