package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_logsoftmax_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_logsoftmax_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_forward_desc_init;

import cnn.program.Cellwise;
import org.bytedeco.dnnl.dnnl_softmax_desc_t;

/**
 * Softmax, or its logarithm, over one of oneDNN's axes.
 *
 * @param axis 1 for channels
 */
record SoftmaxOperation(boolean logarithm, int axis) {

    /** @param rank how many sizes the shape has */
    static SoftmaxOperation of(Cellwise.Softmax step, int rank) {
        return new SoftmaxOperation(step.logarithm(), step.axis() == rank - 1 ? 1 : step.axis() + 2);
    }

    /** Over numbers of one layout, in place or not. */
    Operation forward(NativeScope scope, Layout layout, boolean learns) {
        dnnl_softmax_desc_t operation = scope.own(new dnnl_softmax_desc_t());
        int purpose = learns ? dnnl_forward_training : dnnl_forward_inference;
        int status = logarithm
                ? dnnl_logsoftmax_forward_desc_init(operation, purpose, layout.descriptor(), axis)
                : dnnl_softmax_forward_desc_init(operation, purpose, layout.descriptor(), axis);
        Dnnl.check(status, "softmax");
        return Operation.choose(scope, operation, PrimitiveAttributes.none(scope))
                .orElseThrow();
    }

    /** From the gradient and the values of the results, both in one layout, to the gradient of the arguments. */
    Operation backward(NativeScope scope, Layout layout) {
        dnnl_softmax_desc_t operation = scope.own(new dnnl_softmax_desc_t());
        int status = logarithm
                ? dnnl_logsoftmax_backward_desc_init(operation, layout.descriptor(), layout.descriptor(), axis)
                : dnnl_softmax_backward_desc_init(operation, layout.descriptor(), layout.descriptor(), axis);
        Dnnl.check(status, "softmax backward");
        return Operation.chooseBackward(scope, operation, forward(scope, layout, true))
                .orElseThrow();
    }
}
