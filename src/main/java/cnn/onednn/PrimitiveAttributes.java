package cnn.onednn;

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

import cnn.network.Scalar;
import java.util.List;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/** Post-operations and scales of a oneDNN primitive. */
final class PrimitiveAttributes {
    private final dnnl_primitive_attr handle;

    private PrimitiveAttributes(NativeScope scope) {
        this.handle = scope.own(new dnnl_primitive_attr());
        Dnnl.check(dnnl_primitive_attr_create(handle), "attributes");
        scope.onClose(() -> dnnl_primitive_attr_destroy(handle));
    }

    /** Nothing besides; scratch memory comes from the plan. */
    static PrimitiveAttributes none(NativeScope scope) {
        PrimitiveAttributes attributes = new PrimitiveAttributes(scope);
        int status = dnnl_primitive_attr_set_scratchpad_mode(attributes.handle, dnnl_scratchpad_mode_user);
        Dnnl.check(status, "scratch mode");
        return attributes;
    }

    /** Adds to what is in the target, if {@code add}; then applies the functions. */
    static PrimitiveAttributes of(NativeScope scope, boolean add, List<Scalar> terms) {
        PrimitiveAttributes attributes = none(scope);
        dnnl_post_ops steps = scope.own(new dnnl_post_ops());
        Dnnl.check(dnnl_post_ops_create(steps), "post-ops");
        scope.onClose(() -> dnnl_post_ops_destroy(steps));
        if (add) {
            Dnnl.check(dnnl_post_ops_append_sum(steps, 1), "sum");
        }
        for (Scalar term : terms) {
            Eltwise eltwise = Eltwise.of(term);
            int status = dnnl_post_ops_append_eltwise(steps, 1, eltwise.algorithm(), eltwise.alpha(), eltwise.beta());
            Dnnl.check(status, "activation");
        }
        Dnnl.check(dnnl_primitive_attr_set_post_ops(attributes.handle, steps), "post-ops");
        return attributes;
    }

    /** For work done once: nothing besides, and scratch memory is oneDNN's own. */
    static PrimitiveAttributes packing(NativeScope scope) {
        return new PrimitiveAttributes(scope);
    }

    /** For work done once: multiplies with one factor for each place along the axes whose bits are set in {@code axes}. */
    static PrimitiveAttributes scaled(NativeScope scope, int axes, float[] factors) {
        PrimitiveAttributes attributes = packing(scope);
        int status = dnnl_primitive_attr_set_output_scales(attributes.handle, factors.length, axes, factors);
        Dnnl.check(status, "factors");
        return attributes;
    }

    dnnl_primitive_attr handle() {
        return handle;
    }
}
