package cnn.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip_v2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_clip_v2_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_elu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_exp;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_exp_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_gelu_erf;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_gelu_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_hardswish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_mish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_soft_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_swish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import cnn.network.Scalar;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;

/**
 * oneDNN's terms for a scalar function.
 *
 * @param algorithm of the forward pass
 * @param learning of forward and backward pass in training
 * @param known which tensor the backward pass wants besides the gradient: {@code DNNL_ARG_SRC} or {@code DNNL_ARG_DST}
 */
record Eltwise(int algorithm, int learning, int known, float alpha, float beta) {

    static Eltwise of(Scalar term) {
        float alpha = (float) term.alpha();
        float beta = (float) term.beta();
        boolean byResult = term.isDerivedFromResult();
        return switch (term.kind()) {
            case RELU -> of(dnnl_eltwise_relu, byResult ? dnnl_eltwise_relu_use_dst_for_bwd : 0, alpha, beta);
            case ELU -> of(dnnl_eltwise_elu, byResult ? dnnl_eltwise_elu_use_dst_for_bwd : 0, alpha, beta);
            case CLIP ->
                new Eltwise(
                        dnnl_eltwise_clip,
                        byResult ? dnnl_eltwise_clip_v2_use_dst_for_bwd : dnnl_eltwise_clip_v2,
                        byResult ? DNNL_ARG_DST : DNNL_ARG_SRC,
                        alpha,
                        beta);
            case LINEAR -> of(dnnl_eltwise_linear, 0, alpha, beta);
            case LOGISTIC -> of(dnnl_eltwise_logistic, dnnl_eltwise_logistic_use_dst_for_bwd, alpha, beta);
            case TANH -> of(dnnl_eltwise_tanh, dnnl_eltwise_tanh_use_dst_for_bwd, alpha, beta);
            case EXP -> of(dnnl_eltwise_exp, dnnl_eltwise_exp_use_dst_for_bwd, alpha, beta);
            case SOFTPLUS -> of(dnnl_eltwise_soft_relu, 0, 1, 0);
            case GELU -> of(dnnl_eltwise_gelu_erf, 0, alpha, beta);
            case GELU_TANH -> of(dnnl_eltwise_gelu_tanh, 0, alpha, beta);
            case SWISH -> of(dnnl_eltwise_swish, 0, alpha, beta);
            case HARD_SWISH -> of(dnnl_eltwise_hardswish, 0, alpha, beta);
            case MISH -> of(dnnl_eltwise_mish, 0, alpha, beta);
            default -> throw new IllegalArgumentException("oneDNN has nothing for " + term);
        };
    }

    private static Eltwise of(int algorithm, int byResult, float alpha, float beta) {
        return byResult == 0
                ? new Eltwise(algorithm, algorithm, DNNL_ARG_SRC, alpha, beta)
                : new Eltwise(algorithm, byResult, DNNL_ARG_DST, alpha, beta);
    }

    /** The same over numbers that count steps of a size; for functions that commute with factors. */
    Eltwise scaled(double step) {
        boolean hasBounds = algorithm == dnnl_eltwise_clip;
        return hasBounds
                ? new Eltwise(algorithm, learning, known, (float) (alpha / step), (float) (beta / step))
                : this;
    }

    /** Over numbers of one layout, in place or not. */
    Operation forward(NativeScope scope, Layout layout) {
        return Operation.choose(
                        scope,
                        forward(scope, dnnl_forward_inference, algorithm, layout),
                        PrimitiveAttributes.none(scope))
                .orElseThrow();
    }

    /** As {@link #forward}, so that {@link #backward} fits it. */
    Operation learningForward(NativeScope scope, Layout layout) {
        return Operation.choose(
                        scope, forward(scope, dnnl_forward_training, learning, layout), PrimitiveAttributes.none(scope))
                .orElseThrow();
    }

    /** From the gradient of the results to that of the arguments; both, and what is known, in one layout. */
    Operation backward(NativeScope scope, Layout layout) {
        dnnl_eltwise_desc_t operation = scope.own(new dnnl_eltwise_desc_t());
        int status = dnnl_eltwise_backward_desc_init(
                operation, learning, layout.descriptor(), layout.descriptor(), alpha, beta);
        Dnnl.check(status, "activation backward");
        return Operation.chooseBackward(scope, operation, learningForward(scope, layout))
                .orElseThrow();
    }

    private dnnl_eltwise_desc_t forward(NativeScope scope, int purpose, int function, Layout layout) {
        dnnl_eltwise_desc_t operation = scope.own(new dnnl_eltwise_desc_t());
        int status = dnnl_eltwise_forward_desc_init(operation, purpose, function, layout.descriptor(), alpha, beta);
        Dnnl.check(status, "activation");
        return operation;
    }
}
