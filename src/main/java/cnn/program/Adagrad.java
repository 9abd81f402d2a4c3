package cnn.program;

import java.util.Map;

/**
 * Duchi et al. 2011; Keras's {@code adagrad.py}: a = a + g^2, w = w - rate g / sqrt(a + epsilon), where a begins as {@code
 * initialAccumulator}. Kept is the sum of squares alone, which begins as 0.
 */
public record Adagrad(double initialAccumulator, double epsilon) implements UpdateRule {

    @Override
    public String id() {
        return "adagrad";
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("initial_accumulator_value", initialAccumulator, "epsilon", epsilon);
    }

    @Override
    public Change at(double learningRate, long step) {
        float rate = (float) learningRate;
        float floor = (float) (initialAccumulator + epsilon);
        return (weights, gradients, state, count) -> {
            float[] sums = state[0];
            for (int i = 0; i < count; i++) {
                float sum = sums[i] + gradients[i] * gradients[i];
                sums[i] = sum;
                weights[i] -= rate * gradients[i] / (float) Math.sqrt(sum + floor);
            }
        };
    }
}
