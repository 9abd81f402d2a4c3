package cnn.program;

import java.util.Map;

/**
 * Kingma and Ba 2015, with the bias corrections taken together as in section 2 and Keras's {@code adam.py}: m = m + (1 -
 * beta1) (g - m), v = v + (1 - beta2) (g^2 - v), w = w - rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
 * AMSGrad (Reddi et al. 2018): the largest v so far stands for v.
 */
public record Adam(double beta1, double beta2, double epsilon, boolean amsgrad) implements UpdateRule {

    @Override
    public String id() {
        return "adam";
    }

    @Override
    public int slots() {
        return amsgrad ? 3 : 2;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("beta_1", beta1, "beta_2", beta2, "epsilon", epsilon, "amsgrad", amsgrad);
    }

    @Override
    public Change at(double learningRate, long step) {
        float takeMean = (float) (1 - beta1);
        float takeSquare = (float) (1 - beta2);
        float rate = (float) (learningRate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step)));
        float floor = (float) epsilon;
        return (weights, gradients, state, count) -> {
            float[] means = state[0];
            float[] squares = state[1];
            float[] most = amsgrad ? state[2] : squares;
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float mean = means[i] + takeMean * (gradient - means[i]);
                float square = squares[i] + takeSquare * (gradient * gradient - squares[i]);
                means[i] = mean;
                squares[i] = square;
                if (amsgrad) {
                    square = Math.max(most[i], square);
                    most[i] = square;
                }
                weights[i] -= rate * mean / ((float) Math.sqrt(square) + floor);
            }
        };
    }
}
