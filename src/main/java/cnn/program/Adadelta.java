package cnn.program;

import java.util.Map;

/**
 * Zeiler 2012, algorithm 1, times a learning rate as in Keras's {@code adadelta.py}: s = rho s + (1 - rho) g^2, d = g
 * sqrt(a + epsilon) / sqrt(s + epsilon), a = rho a + (1 - rho) d^2, w = w - rate d. The paper's own step is a rate of 1,
 * which was Keras's default up to 2.2; since then it is 0.001.
 */
public record Adadelta(double rho, double epsilon) implements UpdateRule {

    @Override
    public String id() {
        return "adadelta";
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("rho", rho, "epsilon", epsilon);
    }

    @Override
    public Change at(double learningRate, long step) {
        float keep = (float) rho;
        float take = (float) (1 - rho);
        float rate = (float) learningRate;
        float floor = (float) epsilon;
        return (weights, gradients, state, count) -> {
            float[] squares = state[0];
            float[] deltas = state[1];
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float square = keep * squares[i] + take * gradient * gradient;
                float delta = gradient * (float) Math.sqrt(deltas[i] + floor) / (float) Math.sqrt(square + floor);
                squares[i] = square;
                deltas[i] = keep * deltas[i] + take * delta * delta;
                weights[i] -= rate * delta;
            }
        };
    }
}
