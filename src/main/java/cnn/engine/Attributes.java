package cnn.engine;

import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_output_scales;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import cnn.network.ActivationFunction;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/** What an operation does besides its own work. Its scratch memory always comes from the plan. */
final class Attributes {
    private final dnnl_primitive_attr handle;

    private Attributes(Scope scope) {
        this.handle = scope.own(new dnnl_primitive_attr());
        Dnnl.check(dnnl_primitive_attr_create(handle), "attributes");
        scope.onClose(() -> dnnl_primitive_attr_destroy(handle));
        Dnnl.check(dnnl_primitive_attr_set_scratchpad_mode(handle, dnnl_scratchpad_mode_user), "scratch mode");
    }

    static Attributes none(Scope scope) {
        return new Attributes(scope);
    }

    /** Adds to what is in the target, if {@code add}; then applies the activation function. */
    static Attributes of(Scope scope, boolean add, ActivationFunction activation) {
        Attributes attributes = new Attributes(scope);
        dnnl_post_ops steps = scope.own(new dnnl_post_ops());
        Dnnl.check(dnnl_post_ops_create(steps), "post-ops");
        scope.onClose(() -> dnnl_post_ops_destroy(steps));
        if (add) {
            Dnnl.check(dnnl_post_ops_append_sum(steps, 1), "sum");
        }
        if (activation != ActivationFunction.LINEAR) {
            Eltwise eltwise = Eltwise.of(activation);
            int status = dnnl_post_ops_append_eltwise(steps, 1, eltwise.algorithm(), eltwise.alpha(), eltwise.beta());
            Dnnl.check(status, "activation");
        }
        Dnnl.check(dnnl_primitive_attr_set_post_ops(attributes.handle, steps), "post-ops");
        return attributes;
    }

    /** Multiplies with one factor for each place along the axes whose bits are set in {@code axes}. */
    static Attributes scaled(Scope scope, int axes, float[] factors) {
        Attributes attributes = new Attributes(scope);
        Dnnl.check(dnnl_primitive_attr_set_output_scales(attributes.handle, factors.length, axes, factors), "scales");
        return attributes;
    }

    dnnl_primitive_attr handle() {
        return handle;
    }

    /** oneDNN's terms for an activation function. */
    record Eltwise(int algorithm, float alpha, float beta) {
        static Eltwise of(ActivationFunction function) {
            return switch (function) {
                case RELU -> new Eltwise(dnnl_eltwise_relu, 0, 0);
                case RELU6 -> new Eltwise(dnnl_eltwise_clip, 0, 6);
                case TANH -> new Eltwise(dnnl_eltwise_tanh, 0, 0);
                case SIGMOID -> new Eltwise(dnnl_eltwise_logistic, 0, 0);
                case LINEAR, SOFTMAX -> throw new IllegalArgumentException(function + " is not elementwise");
            };
        }
    }
}
