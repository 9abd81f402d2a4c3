package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_deconvolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_dilated_convolution_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_dilated_deconvolution_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_include_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_impl_info_str;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_unimplemented;

import cnn.network.Pads;
import cnn.network.Pooling;
import cnn.network.Window;
import cnn.program.Step;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * An operation for which oneDNN has chosen an implementation, and with it the layouts that were left open; not yet
 * machine code. All that is native about it belongs to the scope that it is made in.
 */
final class Operation {
    private final dnnl_primitive_desc descriptor;

    private Operation(dnnl_primitive_desc descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * A convolution; with groups, if the kernel has an axis more than the source.
     *
     * @param algorithm {@code dnnl_convolution_direct} or {@code dnnl_convolution_winograd}
     */
    static Optional<Operation> convolution(
            NativeScope scope,
            int algorithm,
            Layout source,
            Layout kernel,
            Layout bias,
            Layout target,
            Window window,
            Pads pads,
            PrimitiveAttributes attributes) {
        dnnl_convolution_desc_t operation = scope.own(new dnnl_convolution_desc_t());
        int status = dnnl_dilated_convolution_forward_desc_init(
                operation,
                dnnl_forward_inference,
                algorithm,
                source.descriptor(),
                kernel.descriptor(),
                bias.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "convolution");
        return choose(scope, operation, attributes);
    }

    /** The transpose of a convolution; {@code pads} are the cells that are cut off. */
    static Optional<Operation> deconvolution(
            NativeScope scope,
            Layout source,
            Layout kernel,
            Layout bias,
            Layout target,
            Window window,
            Pads pads,
            PrimitiveAttributes attributes) {
        dnnl_convolution_desc_t operation = scope.own(new dnnl_convolution_desc_t());
        int status = dnnl_dilated_deconvolution_forward_desc_init(
                operation,
                dnnl_forward_training,
                dnnl_deconvolution_direct,
                source.descriptor(),
                kernel.descriptor(),
                bias.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "deconvolution");
        return choose(scope, operation, attributes);
    }

    static Optional<Operation> innerProduct(
            NativeScope scope,
            Layout source,
            Layout kernel,
            Layout bias,
            Layout target,
            PrimitiveAttributes attributes) {
        dnnl_inner_product_desc_t operation = scope.own(new dnnl_inner_product_desc_t());
        int status = dnnl_inner_product_forward_desc_init(
                operation,
                dnnl_forward_inference,
                source.descriptor(),
                kernel.descriptor(),
                bias.descriptor(),
                target.descriptor());
        Dnnl.check(status, "inner product");
        return choose(scope, operation, attributes);
    }

    /** @param purpose {@code dnnl_forward_inference}, or {@code dnnl_forward_training} to remember where maxima came from */
    static Optional<Operation> pooling(NativeScope scope, int purpose, Layout source, Layout target, Step.Pool pool) {
        Window window = pool.window();
        Pads pads = pool.pads();
        dnnl_pooling_desc_t operation = scope.own(new dnnl_pooling_desc_t());
        int status = dnnl_pooling_forward_desc_init(
                operation,
                purpose,
                algorithm(pool),
                source.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.kernelHeight(), window.kernelWidth()},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "pooling");
        return choose(scope, operation, PrimitiveAttributes.none(scope));
    }

    /** A copy into another layout or type of number. */
    static Operation reorder(NativeScope scope, Layout source, Layout target, PrimitiveAttributes attributes) {
        dnnl_primitive_desc chosen = scope.own(new dnnl_primitive_desc());
        int status = dnnl_reorder_primitive_desc_create(
                chosen, source.descriptor(), Dnnl.ENGINE, target.descriptor(), Dnnl.ENGINE, attributes.handle());
        Dnnl.check(status, "reorder");
        return owned(scope, chosen);
    }

    /** The layout that {@code query}, one of oneDNN's {@code dnnl_query_..._md}, asks for. */
    Layout layout(NativeScope scope, int query) {
        return Layout.copy(scope, dnnl_primitive_desc_query_md(descriptor, query, 0));
    }

    /** Whether this is one of the plain loops that oneDNN falls back on. */
    boolean isSlow() {
        return implementation().startsWith("ref") || implementation().startsWith("simple");
    }

    /** oneDNN's name of the implementation, for example {@code jit:avx512_core}. */
    String implementation() {
        try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
            Dnnl.check(dnnl_primitive_desc_query(descriptor, dnnl_query_impl_info_str, 0, name), "name");
            return name.get(BytePointer.class, 0).getString();
        }
    }

    /** Executes it once, from one fixed place to another. */
    void runOnce(NativeScope scope, Layout from, Pointer source, Layout to, Pointer target) {
        Argument read = Argument.of(DNNL_ARG_SRC, from, source);
        Argument write = Argument.of(DNNL_ARG_DST, to, target);
        new PrimitiveCommand(scope, this, List.of(read, write)).execute();
    }

    /** The machine code. */
    dnnl_primitive compile(NativeScope scope) {
        dnnl_primitive primitive = scope.own(new dnnl_primitive());
        Dnnl.check(dnnl_primitive_create(primitive, descriptor), "primitive");
        scope.onClose(() -> dnnl_primitive_destroy(primitive));
        return primitive;
    }

    static int algorithm(Step.Pool pool) {
        if (pool.pooling() == Pooling.MAX) {
            return dnnl_pooling_max;
        }
        return pool.countPads() ? dnnl_pooling_avg_include_padding : dnnl_pooling_avg_exclude_padding;
    }

    /** An implementation of what {@code operation} describes; empty if oneDNN has none. */
    static Optional<Operation> choose(NativeScope scope, Pointer operation, PrimitiveAttributes attributes) {
        return choose(scope, operation, attributes, (dnnl_primitive_desc) null);
    }

    /** An implementation of the backward pass of {@code forward}. */
    static Optional<Operation> chooseBackward(NativeScope scope, Pointer operation, Operation forward) {
        return choose(scope, operation, PrimitiveAttributes.none(scope), forward.descriptor);
    }

    private static Optional<Operation> choose(
            NativeScope scope, Pointer operation, PrimitiveAttributes attributes, dnnl_primitive_desc forward) {
        dnnl_primitive_desc chosen = scope.own(new dnnl_primitive_desc());
        const_dnnl_op_desc_t description = new const_dnnl_op_desc_t(operation);
        int status = dnnl_primitive_desc_create(chosen, description, attributes.handle(), Dnnl.ENGINE, forward);
        if (status == dnnl_unimplemented) {
            return Optional.empty();
        }
        Dnnl.check(status, "choice of an implementation");
        return Optional.of(owned(scope, chosen));
    }

    private static Operation owned(NativeScope scope, dnnl_primitive_desc chosen) {
        scope.onClose(() -> dnnl_primitive_desc_destroy(chosen));
        return new Operation(chosen);
    }
}
