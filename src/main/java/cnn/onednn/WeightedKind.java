package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;

import cnn.network.Pads;
import cnn.network.Window;
import java.util.Optional;

/** What oneDNN offers for one kind of layer with a kernel, forward and backward; layouts may be {@code any}. */
sealed interface WeightedKind {

    Optional<Operation> forward(
            Layout source, Layout kernel, Layout bias, Layout target, PrimitiveAttributes attributes);

    /** From the gradient of the target to that of the source. */
    Optional<Operation> data(Operation forward, Layout source, Layout kernel, Layout target);

    /** From the source and the gradient of the target to those of kernel and bias. */
    Optional<Operation> weights(Operation forward, Layout source, Layout kernel, Layout bias, Layout target);

    record Convolution(NativeScope scope, Window window, Pads pads) implements WeightedKind {

        @Override
        public Optional<Operation> forward(
                Layout source, Layout kernel, Layout bias, Layout target, PrimitiveAttributes attributes) {
            return Operation.convolution(
                    scope, dnnl_convolution_direct, source, kernel, bias, target, window, pads, attributes);
        }

        @Override
        public Optional<Operation> data(Operation forward, Layout source, Layout kernel, Layout target) {
            return GradientOperations.convolutionData(scope, forward, source, kernel, target, window, pads);
        }

        @Override
        public Optional<Operation> weights(
                Operation forward, Layout source, Layout kernel, Layout bias, Layout target) {
            return GradientOperations.convolutionWeights(scope, forward, source, kernel, bias, target, window, pads);
        }
    }

    /** The transpose of a convolution. */
    record Deconvolution(NativeScope scope, Window window, Pads pads) implements WeightedKind {
        @Override
        public Optional<Operation> forward(
                Layout source, Layout kernel, Layout bias, Layout target, PrimitiveAttributes attributes) {
            return Operation.deconvolution(scope, source, kernel, bias, target, window, pads, attributes);
        }

        @Override
        public Optional<Operation> data(Operation forward, Layout source, Layout kernel, Layout target) {
            return GradientOperations.deconvolutionData(scope, forward, source, kernel, target, window, pads);
        }

        @Override
        public Optional<Operation> weights(
                Operation forward, Layout source, Layout kernel, Layout bias, Layout target) {
            return GradientOperations.deconvolutionWeights(scope, forward, source, kernel, bias, target, window, pads);
        }
    }

    record InnerProduct(NativeScope scope) implements WeightedKind {

        @Override
        public Optional<Operation> forward(
                Layout source, Layout kernel, Layout bias, Layout target, PrimitiveAttributes attributes) {
            return Operation.innerProduct(scope, source, kernel, bias, target, attributes);
        }

        @Override
        public Optional<Operation> data(Operation forward, Layout source, Layout kernel, Layout target) {
            return GradientOperations.innerProductData(scope, forward, source, kernel, target);
        }

        @Override
        public Optional<Operation> weights(
                Operation forward, Layout source, Layout kernel, Layout bias, Layout target) {
            return GradientOperations.innerProductWeights(scope, forward, source, kernel, bias, target);
        }
    }
}
