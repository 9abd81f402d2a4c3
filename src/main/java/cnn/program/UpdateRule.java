package cnn.program;

import java.util.Map;

/**
 * A rule by which gradients change weights, with Keras's formulas ({@code keras/src/optimizers}). All work on each number by
 * itself, in single precision but for the factors that are the same for all numbers of a step. In the formulas g is the
 * gradient, w the weight and t the step, counted from 1; they are carried out in their order, each with the newest values.
 */
public sealed interface UpdateRule permits Sgd, RmsProp, Adam, Nadam, Adagrad, Adadelta {

    /** What a step does to some weights: their gradients and state are arrays of the same numbers. */
    @FunctionalInterface
    interface Change {
        /**
         * Changes the first {@code count} weights.
         *
         * @param weights changed in place
         * @param gradients of the same weights
         * @param state {@link #slots} arrays for the same weights, changed in place
         */
        void apply(float[] weights, float[] gradients, float[][] state, int count);
    }

    /** Keras's name in small letters. */
    String id();

    /** How many numbers are kept for every weight from step to step. They begin as 0. */
    int slots();

    /** What a step does. */
    Change at(double learningRate, long step);

    /** What the rule goes by, as Keras calls it. */
    Map<String, Object> settings();
}
