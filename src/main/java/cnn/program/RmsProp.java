package cnn.program;

import java.util.Map;

/**
 * Tieleman and Hinton 2012, lecture 6.5; Keras's {@code rmsprop.py}: v = rho v + (1 - rho) g^2, d = rate g / sqrt(v +
 * epsilon), w = w - d. Centred (Graves 2013, equation 39), also a = rho a + (1 - rho) g, and v - a^2 stands for v in d.
 * With momentum, m = momentum m + d, w = w - m.
 */
public record RmsProp(double rho, double momentum, double epsilon, boolean centered) implements UpdateRule {

    @Override
    public String id() {
        return "rmsprop";
    }

    @Override
    public int slots() {
        return 1 + (centered ? 1 : 0) + (momentum == 0 ? 0 : 1);
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("rho", rho, "momentum", momentum, "epsilon", epsilon, "centered", centered);
    }

    @Override
    public Change at(double learningRate, long step) {
        float keep = (float) rho;
        float take = (float) (1 - rho);
        float rate = (float) learningRate;
        float floor = (float) epsilon;
        if (centered || momentum != 0) {
            return (weights, gradients, state, count) -> general(rate, weights, gradients, state, count);
        }
        return (weights, gradients, state, count) -> {
            float[] squares = state[0];
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float square = keep * squares[i] + take * gradient * gradient;
                squares[i] = square;
                weights[i] -= rate * gradient / (float) Math.sqrt(square + floor);
            }
        };
    }

    private void general(float rate, float[] weights, float[] gradients, float[][] state, int count) {
        float[] squares = state[0];
        float keep = (float) rho;
        float take = (float) (1 - rho);
        float floor = (float) epsilon;
        float speed = (float) momentum;
        for (int i = 0; i < count; i++) {
            float gradient = gradients[i];
            float square = keep * squares[i] + take * gradient * gradient;
            squares[i] = square;
            float spread = square;
            if (centered) {
                float mean = keep * state[1][i] + take * gradient;
                state[1][i] = mean;
                spread -= mean * mean;
            }
            float change = rate * gradient / (float) Math.sqrt(spread + floor);
            if (momentum != 0) {
                float[] velocities = state[centered ? 2 : 1];
                change += speed * velocities[i];
                velocities[i] = change;
            }
            weights[i] -= change;
        }
    }
}
