package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum_v2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_output_scales;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scales;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import cnn.network.Scalar;
import java.util.List;
import java.util.Optional;
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

    /**
     * For sums of whole numbers: multiplies those of each output channel with its scale, adds to them what is in the target,
     * applies the functions, and multiplies with a last factor.
     *
     * @param addend by what factor and of what type are the numbers in the target, if they are to be added
     * @param last where there are functions
     */
    static PrimitiveAttributes ofWhole(
            NativeScope scope, float[] scales, Optional<Addend> addend, List<Eltwise> terms, double last) {
        PrimitiveAttributes attributes = none(scope);
        Dnnl.check(dnnl_primitive_attr_set_output_scales(attributes.handle, scales.length, 1 << 1, scales), "scales");
        dnnl_post_ops steps = scope.own(new dnnl_post_ops());
        Dnnl.check(dnnl_post_ops_create(steps), "post-ops");
        scope.onClose(() -> dnnl_post_ops_destroy(steps));
        addend.ifPresent(
                added -> Dnnl.check(dnnl_post_ops_append_sum_v2(steps, (float) added.factor(), added.type()), "sum"));
        for (int i = 0; i < terms.size(); i++) {
            Eltwise term = terms.get(i);
            float factor = i == terms.size() - 1 ? (float) last : 1;
            int status = dnnl_post_ops_append_eltwise(steps, factor, term.algorithm(), term.alpha(), term.beta());
            Dnnl.check(status, "activation");
        }
        Dnnl.check(dnnl_primitive_attr_set_post_ops(attributes.handle, steps), "post-ops");
        return attributes;
    }

    /** Numbers in the target that are added to the result. */
    record Addend(double factor, int type) {}

    /** Multiplies all numbers. */
    static PrimitiveAttributes scaled(NativeScope scope, double factor) {
        PrimitiveAttributes attributes = none(scope);
        int status = dnnl_primitive_attr_set_output_scales(attributes.handle, 1, 0, new float[] {(float) factor});
        Dnnl.check(status, "factor");
        return attributes;
    }

    /** Multiplies the numbers of two sources before they are taken together. */
    static PrimitiveAttributes ofSources(NativeScope scope, double first, double second) {
        PrimitiveAttributes attributes = none(scope);
        setScale(attributes, DNNL_ARG_SRC_0, first);
        setScale(attributes, DNNL_ARG_SRC_1, second);
        return attributes;
    }

    private static void setScale(PrimitiveAttributes attributes, int argument, double scale) {
        float[] scales = {(float) scale};
        Dnnl.check(dnnl_primitive_attr_set_scales(attributes.handle, argument, 1, 0, scales), "scales of sources");
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
