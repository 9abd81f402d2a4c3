package cnn.program;

import cnn.network.ActivationFunction;
import cnn.network.Scalar;
import org.apache.commons.math3.special.Erf;

/** Activation functions as keras/src/backend/numpy/nn.py and keras/src/activations define them, number by number. */
final class NaiveFunctions {
    private NaiveFunctions() {}

    static double value(ActivationFunction function, double x) {
        Scalar first = function.terms().isEmpty() ? null : function.terms().get(0);
        return switch (function.name()) {
            case "linear" -> x;
            case "relu" -> relu(function, x);
            case "relu6" -> Math.min(Math.max(x, 0), 6);
            case "leaky_relu" -> x > 0 ? x : first.alpha() * x;
            case "elu" -> x > 0 ? x : first.alpha() * Math.expm1(x);
            case "selu" -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x));
            case "celu" -> Math.max(0, x) + Math.min(0, Math.expm1(x));
            case "tanh" -> Math.tanh(x);
            case "sigmoid" -> sigmoid(x);
            case "silu" -> x * sigmoid(x);
            case "hard_silu" -> x * Math.min(Math.max(x + 3, 0), 6) / 6;
            case "hard_sigmoid" ->
                function.equals(ActivationFunction.HARD_SIGMOID)
                        ? Math.min(Math.max(x + 3, 0), 6) / 6
                        : Math.min(Math.max(0.2 * x + 0.5, 0), 1);
            case "gelu" -> 0.5 * x * (1 + Erf.erf(x / Math.sqrt(2)));
            case "gelu_approximate" -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case "mish" -> x * Math.tanh(Math.log1p(Math.exp(x)));
            case "softplus" -> Math.log1p(Math.exp(x));
            case "softsign" -> x / (Math.abs(x) + 1);
            case "exponential" -> Math.exp(x);
            case "log_sigmoid" -> -Math.log1p(Math.exp(-x));
            case "hard_tanh" -> Math.min(Math.max(x, -1), 1);
            case "hard_shrink" -> Math.abs(x) > 0.5 ? x : 0;
            case "soft_shrink" -> x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0;
            case "tanh_shrink" -> x - Math.tanh(x);
            case "sparse_plus" -> x <= -1 ? 0 : x < 1 ? 0.25 * (x + 1) * (x + 1) : x;
            case "sparse_sigmoid" -> x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1);
            case "squareplus" -> (x + Math.sqrt(x * x + 4)) / 2;
            default -> throw new AssertionError(function);
        };
    }

    /** By keras/src/layers/activations/relu.py, whose numbers are found again in the terms. */
    private static double relu(ActivationFunction function, double x) {
        double threshold = 0;
        double slope = 0;
        double most = Double.POSITIVE_INFINITY;
        for (Scalar term : function.terms()) {
            switch (term.kind()) {
                case RELU -> slope = term.alpha();
                case CLIP -> most = term.beta();
                case THRESHOLD -> {
                    threshold = term.alpha();
                    slope = term.beta();
                }
                default -> throw new AssertionError(term);
            }
        }
        return Math.min(x > threshold ? x : slope * (x - threshold), most);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
