package cnn.program;

import java.util.Map;

/**
 * Dozat 2016; Keras's {@code nadam.py}: m and v as Adam's, u(t) = beta1 (1 - 0.96^t / 2), U(t) = u(1) ... u(t), w = w -
 * rate (u(t + 1) m / (1 - U(t + 1)) + (1 - u(t)) g / (1 - U(t))) / (sqrt(v / (1 - beta2^t)) + epsilon).
 */
public record Nadam(double beta1, double beta2, double epsilon) implements UpdateRule {
    private static final double SCHEDULE_DECAY = 0.96;

    @Override
    public String id() {
        return "nadam";
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("beta_1", beta1, "beta_2", beta2, "epsilon", epsilon);
    }

    @Override
    public Change at(double learningRate, long step) {
        double product = productOfMomenta(step);
        float ofMean = (float) (learningRate * momentum(step + 1) / (1 - product * momentum(step + 1)));
        float ofGradient = (float) (learningRate * (1 - momentum(step)) / (1 - product));
        float correction = (float) (1 / (1 - Math.pow(beta2, step)));
        float takeMean = (float) (1 - beta1);
        float takeSquare = (float) (1 - beta2);
        float floor = (float) epsilon;
        return (weights, gradients, state, count) -> {
            float[] means = state[0];
            float[] squares = state[1];
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float mean = means[i] + takeMean * (gradient - means[i]);
                float square = squares[i] + takeSquare * (gradient * gradient - squares[i]);
                means[i] = mean;
                squares[i] = square;
                weights[i] -=
                        (ofMean * mean + ofGradient * gradient) / ((float) Math.sqrt(square * correction) + floor);
            }
        };
    }

    private double momentum(long step) {
        return beta1 * (1 - 0.5 * Math.pow(SCHEDULE_DECAY, step));
    }

    /** U(t), or something too small to be told from 0 beside 1. */
    private double productOfMomenta(long step) {
        double product = 1;
        for (long t = 1; t <= step && product > Double.MIN_NORMAL; t++) {
            product *= momentum(t);
        }
        return product;
    }
}
