package cnn.program;

import java.util.Map;

/**
 * Gradient descent; Keras's {@code sgd.py}: w = w - rate g; with momentum v = momentum v - rate g, w = w + v; with
 * Nesterov's momentum (Sutskever et al. 2013) w = w + momentum v - rate g.
 */
public record Sgd(double momentum, boolean nesterov) implements UpdateRule {

    @Override
    public String id() {
        return "sgd";
    }

    @Override
    public int slots() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("momentum", momentum, "nesterov", nesterov);
    }

    @Override
    public Change at(double learningRate, long step) {
        float keep = (float) momentum;
        float rate = (float) learningRate;
        if (momentum == 0) {
            return (weights, gradients, state, count) -> {
                for (int i = 0; i < count; i++) {
                    weights[i] -= rate * gradients[i];
                }
            };
        }
        if (nesterov) {
            return (weights, gradients, state, count) -> {
                float[] velocities = state[0];
                for (int i = 0; i < count; i++) {
                    float velocity = keep * velocities[i] - rate * gradients[i];
                    velocities[i] = velocity;
                    weights[i] += keep * velocity - rate * gradients[i];
                }
            };
        }
        return (weights, gradients, state, count) -> {
            float[] velocities = state[0];
            for (int i = 0; i < count; i++) {
                float velocity = keep * velocities[i] - rate * gradients[i];
                velocities[i] = velocity;
                weights[i] += velocity;
            }
        };
    }
}
