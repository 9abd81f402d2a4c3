package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import cnn.network.BatchNormalization;
import cnn.network.Node;
import cnn.program.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans batch norms that learn (Ioffe and Szegedy 2015, algorithm 1 and section 3), with the statistics of the batch or
 * with the moving ones.
 */
final class TrainedNorms {

    /** A batch's mean and variance, to be worked into the moving ones after the step. */
    record Statistics(Parameter movingMean, Parameter movingVariance, double momentum, Tensor mean, Tensor variance) {}

    /** A batch norm in the plan: what its backward pass needs of its forward pass. */
    private record Planned(
            Operation forward,
            int flags,
            Tensor source,
            Argument mean,
            Argument variance,
            Optional<Parameter> gamma,
            Optional<Parameter> beta) {}

    private final PlanBuilder plan;
    private final NativeScope scope;
    private final LearnedWeights weights;
    private final boolean learns;
    private final Map<String, Planned> planned = new HashMap<>();
    private final List<Statistics> statistics = new ArrayList<>();

    /** @param learns whether the gradients of weights are wanted */
    TrainedNorms(PlanBuilder plan, LearnedWeights weights, boolean learns) {
        this.plan = plan;
        this.scope = plan.scope();
        this.weights = weights;
        this.learns = learns;
    }

    /** The statistics that the plan's forward pass computes. */
    List<Statistics> statistics() {
        return statistics;
    }

    /** @param ofBatch whether to normalise with the batch's own statistics */
    Tensor normalize(Step.Normalize step, Tensor source, boolean ofBatch) {
        Node node = step.norm().layer();
        BatchNormalization norm = step.norm().terms();
        Optional<Parameter> gamma = weights.vector(node, "gamma");
        Optional<Parameter> beta = weights.vector(node, "beta");
        int flags = (ofBatch ? 0 : dnnl_use_global_stats)
                | (gamma.isPresent() ? dnnl_use_scale : 0)
                | (beta.isPresent() ? dnnl_use_shift : 0);
        Operation forward = GradientOperations.normalization(scope, source.layout(), norm.epsilon(), flags);
        Parameter movingMean = weights.vector(node, "moving_mean").orElseThrow();
        Parameter movingVariance = weights.vector(node, "moving_variance").orElseThrow();
        Argument mean = Argument.of(DNNL_ARG_MEAN, movingMean.layout(), movingMean.place());
        Argument variance = Argument.of(DNNL_ARG_VARIANCE, movingVariance.layout(), movingVariance.place());
        if (ofBatch) {
            Tensor batchMean = kept(movingMean.layout());
            Tensor batchVariance = kept(movingVariance.layout());
            statistics.add(new Statistics(movingMean, movingVariance, norm.momentum(), batchMean, batchVariance));
            mean = Argument.of(DNNL_ARG_MEAN, batchMean);
            variance = Argument.of(DNNL_ARG_VARIANCE, batchVariance);
        }
        Tensor result = plan.allocate(source.layout());
        List<Argument> arguments = new ArrayList<>(List.of(Argument.of(DNNL_ARG_SRC, source), mean, variance));
        gamma.ifPresent(scale -> arguments.add(Argument.of(DNNL_ARG_SCALE, scale.layout(), scale.place())));
        beta.ifPresent(shift -> arguments.add(Argument.of(DNNL_ARG_SHIFT, shift.layout(), shift.place())));
        arguments.add(Argument.of(DNNL_ARG_DST, result));
        plan.call(forward, arguments);

        planned.put(step.target(), new Planned(forward, flags, source, mean, variance, gamma, beta));
        return result;
    }

    /** The gradient of the source, and those of gamma and beta where they learn. */
    Tensor backward(Step.Normalize step, Tensor gradient) {
        Planned planned = this.planned.get(step.target());
        Tensor source = planned.source();
        Tensor given = plan.in(source.layout(), gradient);
        Operation operation = GradientOperations.normalizationBackward(
                scope,
                planned.forward(),
                given.layout(),
                source.layout(),
                step.norm().terms().epsilon(),
                planned.flags());
        Tensor result = plan.allocate(source.layout());
        List<Argument> arguments = new ArrayList<>(List.of(
                Argument.of(DNNL_ARG_SRC, source),
                planned.mean(),
                planned.variance(),
                Argument.of(DNNL_ARG_DIFF_DST, given),
                Argument.of(DNNL_ARG_DIFF_SRC, result)));
        planned.gamma().ifPresent(gamma -> {
            arguments.add(Argument.of(DNNL_ARG_SCALE, gamma.layout(), gamma.place()));
            arguments.add(gradientOf(DNNL_ARG_DIFF_SCALE, gamma));
        });
        planned.beta().ifPresent(beta -> {
            // The values do not matter, but oneDNN counts its arguments.
            arguments.add(Argument.of(DNNL_ARG_SHIFT, beta.layout(), beta.place()));
            arguments.add(gradientOf(DNNL_ARG_DIFF_SHIFT, beta));
        });
        plan.call(operation, arguments);
        return result;
    }

    private Argument gradientOf(int name, Parameter parameter) {
        return learns && parameter.learns()
                ? Argument.of(name, parameter.layout(), parameter.gradientPlace())
                : Argument.of(name, plan.allocate(parameter.layout()));
    }

    private Tensor kept(Layout layout) {
        Tensor tensor = plan.allocate(Layout.strided(scope, dnnl_f32, layout.sizes(), 1));
        tensor.slot().touchAfter();
        return tensor;
    }
}
