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

import cnn.network.ActivationFunction;
import cnn.network.Node;
import cnn.network.Pads;
import cnn.program.Kernel;
import cnn.program.UnsupportedLayerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plans convolutions and dense layers that learn: forward, and backward by data and by weights. */
final class LearningWeightedLayers {
    private static final int BLOCK = 16;

    private final PlanBuilder plan;
    private final Scope scope;
    private final LearnedWeights weights;
    private final Tape tape;
    private final boolean learns;

    /** @param learns whether the gradients of weights are wanted */
    LearningWeightedLayers(PlanBuilder plan, LearnedWeights weights, Tape tape, boolean learns) {
        this.plan = plan;
        this.scope = plan.scope();
        this.weights = weights;
        this.tape = tape;
        this.learns = learns;
    }

    /** One layer in the plan: what its backward pass needs of its forward pass. */
    private record Planned(
            WeightedKind kind,
            Operation forward,
            String from,
            Tensor source,
            Parameter kernel,
            Optional<Parameter> bias) {}

    /**
     * @param from the name of the source
     * @param target sizes of the result
     * @return the result, its activation function applied
     */
    Tensor convolve(Node node, String from, Tensor source, Pads pads, ActivationFunction activation, long[] target) {
        Kernel kernel = Kernel.of(node);
        WeightedKind kind = new WeightedKind.Convolution(scope, kernel.window(), pads);
        String name = kernel.groups() == 0 ? "kernel" : "depthwise_kernel";
        return plan(node, name, kind, from, source, activation, map(target));
    }

    /** @param target sizes of the result */
    Tensor multiply(Node node, String from, Tensor source, ActivationFunction activation, long[] target) {
        WeightedKind kind = new WeightedKind.InnerProduct(scope);
        return plan(node, "kernel", kind, from, source, activation, Layout.plain(scope, dnnl_f32, target));
    }

    private Tensor plan(
            Node node,
            String kernelName,
            WeightedKind kind,
            String from,
            Tensor source,
            ActivationFunction activation,
            Layout target) {
        Parameter kernel = weights.find(node, kernelName).orElseThrow();
        Optional<Parameter> bias = weights.vector(node, "bias");
        Layout biasLayout = bias.map(Parameter::layout).orElseGet(() -> Layout.none(scope));
        Attributes attributes = Attributes.of(scope, false, activation);
        Layout any = any(source.layout());
        Operation forward = fastest(
                        kernels(kernel), packed -> kind.forward(any, packed, biasLayout, target, attributes))
                .orElseThrow(() -> unsupported(node));
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

        Planned planned = new Planned(kind, forward, from, input, kernel, bias);
        tape.record(node.name(), gradient -> {
            Tensor inner = beforeActivation(activation, gradient, result);
            if (learns && kernel.learns()) {
                byWeights(node, planned, inner);
            }
            if (tape.wants(from)) {
                tape.contribute(from, byData(node, planned, inner));
            }
        });
        return result;
    }

    /** From the gradient of an activation function's results to that of its arguments. */
    Tensor beforeActivation(ActivationFunction activation, Tensor gradient, Tensor results) {
        if (activation == ActivationFunction.LINEAR) {
            return gradient;
        }
        Tensor given = plan.in(results.layout(), gradient);
        Tensor inner = plan.allocate(results.layout());
        plan.call(
                LearningOperations.activationBackward(scope, activation, given.layout(), results.layout()),
                List.of(
                        Argument.of(DNNL_ARG_DST, results),
                        Argument.of(DNNL_ARG_DIFF_DST, given),
                        Argument.of(DNNL_ARG_DIFF_SRC, inner)));
        return inner;
    }

    private void byWeights(Node node, Planned planned, Tensor gradient) {
        Parameter kernel = planned.kernel();
        Layout bias = planned.bias().map(Parameter::layout).orElseGet(() -> Layout.none(scope));
        Layout target = any(gradient.layout());
        List<Layout> kernels = List.of(kernel.layout(), any(kernel.layout()));
        Operation operation = fastest(kernels, packed -> planned.kind()
                        .weights(planned.forward(), planned.source().layout(), packed, bias, target))
                .filter(offer -> !offer.isSlow())
                .or(() -> fastest(kernels, packed -> planned.kind()
                        .weights(planned.forward(), any(planned.source().layout()), packed, bias, target)))
                .orElseThrow(() -> unsupported(node));
        List<Argument> arguments = new ArrayList<>();
        arguments.add(Argument.of(DNNL_ARG_SRC, plan.in(operation.layout(scope, dnnl_query_src_md), planned.source())));
        arguments.add(
                Argument.of(DNNL_ARG_DIFF_DST, plan.in(operation.layout(scope, dnnl_query_diff_dst_md), gradient)));
        planned.bias()
                .ifPresent(vector ->
                        arguments.add(Argument.of(DNNL_ARG_DIFF_BIAS, vector.layout(), vector.gradientPlace())));
        Layout given = operation.layout(scope, dnnl_query_diff_weights_md);
        if (given.same(kernel.layout())) {
            arguments.add(Argument.of(DNNL_ARG_DIFF_WEIGHTS, given, kernel.gradientPlace()));
            plan.call(operation, arguments);
        } else {
            Tensor other = plan.allocate(given);
            arguments.add(Argument.of(DNNL_ARG_DIFF_WEIGHTS, other));
            plan.call(operation, arguments);
            plan.reorder(other, kernel.layout(), kernel.gradientPlace());
        }
    }

    private Tensor byData(Node node, Planned planned, Tensor gradient) {
        Layout target = any(gradient.layout());
        Layout source = any(planned.source().layout());
        Operation operation = fastest(kernels(planned.kernel()), packed -> planned.kind()
                        .data(planned.forward(), source, packed, target))
                .orElseThrow(() -> unsupported(node));
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

    private static UnsupportedLayerException unsupported(Node node) {
        return new UnsupportedLayerException("layer %s: oneDNN cannot train it".formatted(node.name()));
    }
}
