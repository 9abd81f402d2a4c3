package cnn.program;

import cnn.UserError;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A rule by which gradients change weights, with Keras's formulas and defaults ({@code keras/src/optimizers}). All work
 * on each number by itself, in single precision but for the factors that are the same for all numbers of a step.
 */
public sealed interface Optimizer {

    /** What a learning rate is multiplied with. */
    double learningRate();

    /** The same rule with another learning rate. */
    Optimizer withLearningRate(double rate);

    /** As {@code --optimizer} spells it. */
    String id();

    /** How many numbers are kept for every weight from step to step. They begin as 0. */
    int slots();

    /**
     * Changes some weights.
     *
     * @param weights changed in place
     * @param gradients of the same weights
     * @param state {@link #slots} arrays for the same weights, changed in place
     * @param count how many numbers at the beginning of each array
     * @param step counted from 1
     */
    void update(float[] weights, float[] gradients, float[][] state, int count, long step);

    /**
     * The rule of that name.
     *
     * @param learningRate Keras's default where it is empty
     * @throws UserError if there is none of that name, or the rate is not positive
     */
    static Optimizer named(String name, OptionalDouble learningRate) {
        Optimizer optimizer =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "rmsprop" -> new RmsProp(1e-3, 0.9, 1e-7);
                    case "adam" -> new Adam(1e-3, 0.9, 0.999, 1e-7);
                    case "sgd" -> new Sgd(1e-2, 0.9);
                    case "adadelta" -> new AdaDelta(1e-3, 0.95, 1e-7);
                    default ->
                        throw UserError.usage(
                                "no optimizer '%s'; there are rmsprop, adam, sgd and adadelta".formatted(name));
                };
        double rate = learningRate.orElse(optimizer.learningRate());
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw UserError.usage("a learning rate must be above 0, not " + rate);
        }
        return optimizer.withLearningRate(rate);
    }

    /**
     * Tieleman and Hinton 2012, lecture 6.5; as Keras's {@code rmsprop.py} without momentum: v = rho v + (1 - rho) g^2,
     * w = w - rate g / sqrt(v + epsilon).
     */
    record RmsProp(double learningRate, double rho, double epsilon) implements Optimizer {

        @Override
        public RmsProp withLearningRate(double rate) {
            return new RmsProp(rate, rho, epsilon);
        }

        @Override
        public String id() {
            return "rmsprop";
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void update(float[] weights, float[] gradients, float[][] state, int count, long step) {
            float[] squares = state[0];
            float keep = (float) rho;
            float take = (float) (1 - rho);
            float rate = (float) learningRate;
            float floor = (float) epsilon;
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float square = keep * squares[i] + take * gradient * gradient;
                squares[i] = square;
                weights[i] -= rate * gradient / (float) Math.sqrt(square + floor);
            }
        }
    }

    /**
     * Kingma and Ba 2015, with the bias corrections taken together as in section 2 and Keras's {@code adam.py}: w = w -
     * rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
     */
    record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {

        @Override
        public Adam withLearningRate(double rate) {
            return new Adam(rate, beta1, beta2, epsilon);
        }

        @Override
        public String id() {
            return "adam";
        }

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public void update(float[] weights, float[] gradients, float[][] state, int count, long step) {
            float[] means = state[0];
            float[] squares = state[1];
            float takeMean = (float) (1 - beta1);
            float takeSquare = (float) (1 - beta2);
            float rate = (float) (learningRate * Math.sqrt(1 - Math.pow(beta2, step)) / (1 - Math.pow(beta1, step)));
            float floor = (float) epsilon;
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float mean = means[i] + takeMean * (gradient - means[i]);
                float square = squares[i] + takeSquare * (gradient * gradient - squares[i]);
                means[i] = mean;
                squares[i] = square;
                weights[i] -= rate * mean / ((float) Math.sqrt(square) + floor);
            }
        }
    }

    /** Gradient descent with momentum, not Nesterov's; Keras's {@code sgd.py}: v = momentum v - rate g, w = w + v. */
    record Sgd(double learningRate, double momentum) implements Optimizer {

        @Override
        public Sgd withLearningRate(double rate) {
            return new Sgd(rate, momentum);
        }

        @Override
        public String id() {
            return "sgd";
        }

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public void update(float[] weights, float[] gradients, float[][] state, int count, long step) {
            float[] velocities = state[0];
            float keep = (float) momentum;
            float rate = (float) learningRate;
            for (int i = 0; i < count; i++) {
                float velocity = keep * velocities[i] - rate * gradients[i];
                velocities[i] = velocity;
                weights[i] += velocity;
            }
        }
    }

    /**
     * Zeiler 2012, algorithm 1, times a learning rate as in Keras's {@code adadelta.py}: the paper's own step is a rate of
     * 1, which was Keras's default up to 2.2; since then it is 0.001.
     */
    record AdaDelta(double learningRate, double rho, double epsilon) implements Optimizer {

        @Override
        public AdaDelta withLearningRate(double rate) {
            return new AdaDelta(rate, rho, epsilon);
        }

        @Override
        public String id() {
            return "adadelta";
        }

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public void update(float[] weights, float[] gradients, float[][] state, int count, long step) {
            float[] squares = state[0];
            float[] deltas = state[1];
            float keep = (float) rho;
            float take = (float) (1 - rho);
            float rate = (float) learningRate;
            float floor = (float) epsilon;
            for (int i = 0; i < count; i++) {
                float gradient = gradients[i];
                float square = keep * squares[i] + take * gradient * gradient;
                float delta = gradient * (float) Math.sqrt(deltas[i] + floor) / (float) Math.sqrt(square + floor);
                squares[i] = square;
                deltas[i] = keep * deltas[i] + take * delta * delta;
                weights[i] -= rate * delta;
            }
        }
    }
}
