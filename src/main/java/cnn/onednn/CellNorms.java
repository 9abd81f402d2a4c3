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
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_layer_normalization_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_layer_normalization_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import cnn.network.Node;
import cnn.network.Shape;
import cnn.program.Cellwise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_layer_normalization_desc_t;

/** Plans normalisations of cells over their channels (Ba et al. 2016), forward and backward. */
final class CellNorms {

    /** Where a layer's vectors are. */
    interface Vectors {
        /** The vector of that name as an operation's argument {@code name}, if the layer has one. */
        Optional<Argument> find(int name, Node layer, String weight);
    }

    /** A norm in the plan: what its backward pass needs of its forward pass. */
    private record Planned(
            Operation forward, int flags, Tensor source, List<Argument> statistics, List<Argument> vectors) {}

    private final PlanBuilder plan;
    private final NativeScope scope;
    private final Shaping shaping;
    private final Vectors vectors;
    private final Map<String, Planned> planned = new HashMap<>();

    CellNorms(PlanBuilder plan, Shaping shaping, Vectors vectors) {
        this.plan = plan;
        this.scope = plan.scope();
        this.shaping = shaping;
        this.vectors = vectors;
    }

    /** @param learns whether there will be a backward pass */
    Tensor forward(Cellwise.NormalizeCells step, Tensor source, Shape shape, boolean learns) {
        int type = source.layout().type();
        Layout plain = shaping.plain(type, shape);
        Layout rows = shaping.rows(type, shape);
        Tensor cells = plan.in(plain, source).as(rows);
        Optional<Argument> gamma = step.layer().flatMap(layer -> vectors.find(DNNL_ARG_SCALE, layer, "gamma"));
        Optional<Argument> beta = step.layer().flatMap(layer -> vectors.find(DNNL_ARG_SHIFT, layer, "beta"));
        int flags = (gamma.isPresent() ? dnnl_use_scale : 0) | (beta.isPresent() ? dnnl_use_shift : 0);
        dnnl_layer_normalization_desc_t operation = scope.own(new dnnl_layer_normalization_desc_t());
        Layout statistics = Layout.strided(scope, dnnl_f32, new long[] {rows.sizes()[0]}, 1);
        int status = dnnl_layer_normalization_forward_desc_init(
                operation,
                learns ? dnnl_forward_training : dnnl_forward_inference,
                rows.descriptor(),
                statistics.descriptor(),
                (float) step.epsilon(),
                flags);
        Dnnl.check(status, "norm of cells");
        Operation forward = Operation.choose(scope, operation, PrimitiveAttributes.none(scope))
                .orElseThrow();
        Tensor result = plan.allocate(rows);
        List<Argument> own = new ArrayList<>();
        gamma.ifPresent(own::add);
        beta.ifPresent(own::add);
        List<Argument> taken = new ArrayList<>();
        if (learns) {
            taken.add(Argument.of(DNNL_ARG_MEAN, plan.allocate(statistics)));
            taken.add(Argument.of(DNNL_ARG_VARIANCE, plan.allocate(statistics)));
        }
        List<Argument> arguments = new ArrayList<>(own);
        arguments.addAll(taken);
        arguments.add(Argument.of(DNNL_ARG_SRC, cells));
        arguments.add(Argument.of(DNNL_ARG_DST, result));
        plan.call(forward, arguments);
        planned.put(step.target(), new Planned(forward, flags, cells, taken, own));
        return result.as(plain);
    }

    /** The gradient of the source, and those of gamma and beta where they learn. */
    Tensor backward(Cellwise.NormalizeCells step, Tensor gradient, Shape shape, LearnedWeights weights) {
        Planned norm = planned.get(step.target());
        Layout rows = norm.source().layout();
        Tensor given = plan.in(shaping.plain(dnnl_f32, shape), gradient).as(rows);
        dnnl_layer_normalization_desc_t operation = scope.own(new dnnl_layer_normalization_desc_t());
        Layout statistics = Layout.strided(scope, dnnl_f32, new long[] {rows.sizes()[0]}, 1);
        int status = dnnl_layer_normalization_backward_desc_init(
                operation,
                dnnl_backward,
                rows.descriptor(),
                rows.descriptor(),
                statistics.descriptor(),
                (float) step.epsilon(),
                norm.flags());
        Dnnl.check(status, "norm of cells backward");
        Tensor result = plan.allocate(rows);
        List<Argument> arguments = new ArrayList<>(norm.vectors());
        arguments.addAll(norm.statistics());
        arguments.add(Argument.of(DNNL_ARG_SRC, norm.source()));
        arguments.add(Argument.of(DNNL_ARG_DIFF_DST, given));
        arguments.add(Argument.of(DNNL_ARG_DIFF_SRC, result));
        step.layer().ifPresent(layer -> {
            weights.vector(layer, "gamma").ifPresent(gamma -> arguments.add(gradientOf(DNNL_ARG_DIFF_SCALE, gamma)));
            weights.vector(layer, "beta").ifPresent(beta -> arguments.add(gradientOf(DNNL_ARG_DIFF_SHIFT, beta)));
        });
        plan.call(Operation.chooseBackward(scope, operation, norm.forward()).orElseThrow(), arguments);
        return result.as(shaping.plain(dnnl_f32, shape));
    }

    private Argument gradientOf(int name, Parameter vector) {
        return vector.learns()
                ? Argument.of(name, vector.layout(), vector.gradientPlace())
                : Argument.of(name, plan.allocate(vector.layout()));
    }
}
