package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers while the forward pass of a network is planned how each value's gradient goes on to the values that it was
 * made from; plans the backward pass by doing that in the opposite order. No gradient is ever written to twice.
 */
final class Tape {

    /** Plans how the gradient of a value goes on. */
    @FunctionalInterface
    interface Backward {
        void plan(Tensor gradient);
    }

    private record Entry(String value, Backward backward) {}

    private final PlanBuilder plan;
    private final Set<String> wanted;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Map<String, Tensor> gradients = new HashMap<>();

    /** @param wanted the values whose gradients are needed */
    Tape(PlanBuilder plan, Set<String> wanted) {
        this.plan = plan;
        this.wanted = wanted;
    }

    /** Whether a gradient of {@code value} is needed. */
    boolean wants(String value) {
        return wanted.contains(value);
    }

    /** Notes how the gradient of {@code value} goes on, if it is needed at all. */
    void record(String value, Backward backward) {
        if (wants(value)) {
            entries.push(new Entry(value, backward));
        }
    }

    /** Adds to what is known of the gradient of {@code value}. */
    void contribute(String value, Tensor gradient) {
        if (wants(value)) {
            gradients.merge(value, gradient, this::sum);
        }
    }

    /** Plans the backward pass from the gradient of the network's result. */
    void unwind(String result, Tensor gradient) {
        contribute(result, gradient);
        while (!entries.isEmpty()) {
            Entry entry = entries.pop();
            gradient(entry.value()).ifPresent(entry.backward()::plan);
        }
    }

    /** The gradient of a value, if anything depends on it; complete when the tape is unwound. */
    Optional<Tensor> gradient(String value) {
        return Optional.ofNullable(gradients.get(value));
    }

    private Tensor sum(Tensor first, Tensor second) {
        Tensor total = plan.allocate(first.layout());
        plan.call(
                LearningOperations.binary(plan.scope(), dnnl_binary_add, first.layout()),
                List.of(
                        Argument.of(DNNL_ARG_SRC_0, first),
                        Argument.of(DNNL_ARG_SRC_1, plan.in(first.layout(), second)),
                        Argument.of(DNNL_ARG_DST, total)));
        return total;
    }
}
