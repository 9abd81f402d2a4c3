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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Plans batch norms that learn (Ioffe and Szegedy 2015, algorithm 1 and section 3), with the statistics of the batch or
 * with the moving ones.
 */
final class LearningNormalization {

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
    private final Scope scope;
    private final LearnedWeights weights;
    private final Tape tape;
    private final boolean learns;
    private final List<Statistics> statistics = new ArrayList<>();

    /** @param learns whether the gradients of weights are wanted */
    LearningNormalization(PlanBuilder plan, LearnedWeights weights, Tape tape, boolean learns) {
        this.plan = plan;
        this.scope = plan.scope();
        this.weights = weights;
        this.tape = tape;
        this.learns = learns;
    }

    /** The statistics that the plan's forward pass computes. */
    List<Statistics> statistics() {
        return statistics;
    }

    /**
     * @param from the name of the source
     * @param ofBatch whether to normalise with the batch's own statistics
     */
    Tensor normalize(Node node, BatchNormalization norm, String from, Tensor source, boolean ofBatch) {
        Optional<Parameter> gamma = weights.vector(node, "gamma");
        Optional<Parameter> beta = weights.vector(node, "beta");
        int flags = (ofBatch ? 0 : dnnl_use_global_stats)
                | (gamma.isPresent() ? dnnl_use_scale : 0)
                | (beta.isPresent() ? dnnl_use_shift : 0);
        Operation forward = LearningOperations.normalization(scope, source.layout(), norm.epsilon(), flags);
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

        Planned planned = new Planned(forward, flags, source, mean, variance, gamma, beta);
        tape.record(node.name(), gradient -> tape.contribute(from, backward(norm, planned, gradient)));
        return result;
    }

    private Tensor backward(BatchNormalization norm, Planned planned, Tensor gradient) {
        Tensor source = planned.source();
        Tensor given = plan.in(source.layout(), gradient);
        Operation operation = LearningOperations.normalizationBackward(
                scope, planned.forward(), given.layout(), source.layout(), norm.epsilon(), planned.flags());
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
