package cnn.dl4j;

import cnn.network.ActivationFunction;
import cnn.network.Scalar;
import cnn.network.Shape;
import java.util.Optional;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

/** Deeplearning4j's own form of activation functions, of those that it has. */
final class Activations {
    private Activations() {}

    /** @param shape of what the function is given */
    static Optional<IActivation> of(ActivationFunction function, Shape shape) {
        if (function.equals(ActivationFunction.SOFTMAX)) {
            return Optional.of(shape.isMap() ? new ChannelSoftmax() : Activation.SOFTMAX.getActivationFunction());
        }
        if (function.equals(ActivationFunction.LINEAR)) {
            return Optional.of(Activation.IDENTITY.getActivationFunction());
        }
        if (function.name().equals("selu")) {
            return Optional.of(Activation.SELU.getActivationFunction());
        }
        if (function.equals(ActivationFunction.HARD_SIGMOID_OF_KERAS_2)) {
            return Optional.of(Activation.HARDSIGMOID.getActivationFunction());
        }
        return function.terms().size() == 1 ? of(function.terms().get(0)) : Optional.empty();
    }

    private static Optional<IActivation> of(Scalar term) {
        return Optional.ofNullable(
                switch (term.kind()) {
                    case RELU ->
                        term.alpha() == 0 ? Activation.RELU.getActivationFunction() : new ActivationLReLU(term.alpha());
                    case CLIP -> clip(term);
                    case ELU -> new ActivationELU(term.alpha());
                    case TANH -> Activation.TANH.getActivationFunction();
                    case LOGISTIC -> Activation.SIGMOID.getActivationFunction();
                    case SOFTPLUS -> Activation.SOFTPLUS.getActivationFunction();
                    case SOFTSIGN -> Activation.SOFTSIGN.getActivationFunction();
                    case MISH -> Activation.MISH.getActivationFunction();
                    case GELU_TANH -> new ActivationGELU(true);
                    case SWISH -> term.alpha() == 1 ? Activation.SWISH.getActivationFunction() : null;
                    default -> null;
                });
    }

    private static IActivation clip(Scalar term) {
        if (term.alpha() == 0 && term.beta() == 6) {
            return Activation.RELU6.getActivationFunction();
        }
        return term.alpha() == -1 && term.beta() == 1 ? Activation.HARDTANH.getActivationFunction() : null;
    }
}
