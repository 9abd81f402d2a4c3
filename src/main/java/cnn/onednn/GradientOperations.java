package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_deconvolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_dilated_convolution_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_dilated_convolution_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_dilated_deconvolution_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_dilated_deconvolution_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_backward_desc_init;

import cnn.network.Pads;
import cnn.network.Window;
import cnn.program.Step;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_batch_normalization_desc_t;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;

/** The operations that only learning needs: backward passes, and forward passes that keep what these need. */
final class GradientOperations {

    private GradientOperations() {}

    /** From the gradient of a convolution's target to that of its source. */
    static Optional<Operation> convolutionData(
            NativeScope scope,
            Operation forward,
            Layout source,
            Layout kernel,
            Layout target,
            Window window,
            Pads pads) {
        dnnl_convolution_desc_t operation = scope.own(new dnnl_convolution_desc_t());
        int status = dnnl_dilated_convolution_backward_data_desc_init(
                operation,
                dnnl_convolution_direct,
                source.descriptor(),
                kernel.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "convolution backward by data");
        return Operation.chooseBackward(scope, operation, forward);
    }

    /** From the source and the gradient of the target to the gradients of kernel and bias. */
    static Optional<Operation> convolutionWeights(
            NativeScope scope,
            Operation forward,
            Layout source,
            Layout kernel,
            Layout bias,
            Layout target,
            Window window,
            Pads pads) {
        dnnl_convolution_desc_t operation = scope.own(new dnnl_convolution_desc_t());
        int status = dnnl_dilated_convolution_backward_weights_desc_init(
                operation,
                dnnl_convolution_direct,
                source.descriptor(),
                kernel.descriptor(),
                bias.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "convolution backward by weights");
        return Operation.chooseBackward(scope, operation, forward);
    }

    /** From the gradient of a deconvolution's target to that of its source. */
    static Optional<Operation> deconvolutionData(
            NativeScope scope,
            Operation forward,
            Layout source,
            Layout kernel,
            Layout target,
            Window window,
            Pads pads) {
        dnnl_convolution_desc_t operation = scope.own(new dnnl_convolution_desc_t());
        int status = dnnl_dilated_deconvolution_backward_data_desc_init(
                operation,
                dnnl_deconvolution_direct,
                source.descriptor(),
                kernel.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "deconvolution backward by data");
        return Operation.chooseBackward(scope, operation, forward);
    }

    /** From the source and the gradient of the target to the gradients of kernel and bias. */
    static Optional<Operation> deconvolutionWeights(
            NativeScope scope,
            Operation forward,
            Layout source,
            Layout kernel,
            Layout bias,
            Layout target,
            Window window,
            Pads pads) {
        dnnl_convolution_desc_t operation = scope.own(new dnnl_convolution_desc_t());
        int status = dnnl_dilated_deconvolution_backward_weights_desc_init(
                operation,
                dnnl_deconvolution_direct,
                source.descriptor(),
                kernel.descriptor(),
                bias.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.dilationHeight() - 1, window.dilationWidth() - 1},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "deconvolution backward by weights");
        return Operation.chooseBackward(scope, operation, forward);
    }

    static Optional<Operation> innerProductData(
            NativeScope scope, Operation forward, Layout source, Layout kernel, Layout target) {
        dnnl_inner_product_desc_t operation = scope.own(new dnnl_inner_product_desc_t());
        int status = dnnl_inner_product_backward_data_desc_init(
                operation, source.descriptor(), kernel.descriptor(), target.descriptor());
        Dnnl.check(status, "inner product backward by data");
        return Operation.chooseBackward(scope, operation, forward);
    }

    static Optional<Operation> innerProductWeights(
            NativeScope scope, Operation forward, Layout source, Layout kernel, Layout bias, Layout target) {
        dnnl_inner_product_desc_t operation = scope.own(new dnnl_inner_product_desc_t());
        int status = dnnl_inner_product_backward_weights_desc_init(
                operation, source.descriptor(), kernel.descriptor(), bias.descriptor(), target.descriptor());
        Dnnl.check(status, "inner product backward by weights");
        return Operation.chooseBackward(scope, operation, forward);
    }

    static Operation poolingBackward(
            NativeScope scope, Operation forward, Layout source, Layout target, Step.Pool pool) {
        Window window = pool.window();
        Pads pads = pool.pads();
        dnnl_pooling_desc_t operation = scope.own(new dnnl_pooling_desc_t());
        int status = dnnl_pooling_backward_desc_init(
                operation,
                Operation.algorithm(pool),
                source.descriptor(),
                target.descriptor(),
                new long[] {window.strideHeight(), window.strideWidth()},
                new long[] {window.kernelHeight(), window.kernelWidth()},
                new long[] {pads.top(), pads.left()},
                new long[] {pads.bottom(), pads.right()});
        Dnnl.check(status, "pooling backward");
        return Operation.chooseBackward(scope, operation, forward).orElseThrow();
    }

    /** @param flags oneDNN's {@code dnnl_use_...} */
    static Operation normalization(NativeScope scope, Layout data, double epsilon, int flags) {
        dnnl_batch_normalization_desc_t operation = scope.own(new dnnl_batch_normalization_desc_t());
        int status = dnnl_batch_normalization_forward_desc_init(
                operation, dnnl_forward_training, data.descriptor(), (float) epsilon, flags);
        Dnnl.check(status, "batch norm");
        return Operation.choose(scope, operation, PrimitiveAttributes.none(scope))
                .orElseThrow();
    }

    static Operation normalizationBackward(
            NativeScope scope, Operation forward, Layout gradient, Layout data, double epsilon, int flags) {
        dnnl_batch_normalization_desc_t operation = scope.own(new dnnl_batch_normalization_desc_t());
        int status = dnnl_batch_normalization_backward_desc_init(
                operation, dnnl_backward, gradient.descriptor(), data.descriptor(), (float) epsilon, flags);
        Dnnl.check(status, "batch norm backward");
        return Operation.chooseBackward(scope, operation, forward).orElseThrow();
    }

    /**
     * Number by number from two tensors, the second perhaps with single places along some axes.
     *
     * @param algorithm oneDNN's {@code dnnl_binary_...}
     */
    static Operation binary(NativeScope scope, int algorithm, Layout first, Layout second, Layout target) {
        return binary(scope, algorithm, first, second, target, PrimitiveAttributes.none(scope));
    }

    /** Two tensors taken together number by number. */
    static Operation binary(
            NativeScope scope,
            int algorithm,
            Layout first,
            Layout second,
            Layout target,
            PrimitiveAttributes attributes) {
        dnnl_binary_desc_t operation = scope.own(new dnnl_binary_desc_t());
        int status = dnnl_binary_desc_init(
                operation, algorithm, first.descriptor(), second.descriptor(), target.descriptor());
        Dnnl.check(status, "binary");
        return Operation.choose(scope, operation, attributes).orElseThrow();
    }
}
