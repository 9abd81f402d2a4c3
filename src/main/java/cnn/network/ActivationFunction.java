package cnn.network;

/** The functions that end a layer; {@link #SOFTMAX} runs over the innermost axis. */
public enum ActivationFunction {
    LINEAR,
    RELU,
    /** min(max(x, 0), 6), as MobileNet uses it. */
    RELU6,
    TANH,
    SIGMOID,
    SOFTMAX;

    /** Whether no result is below zero. */
    public boolean isNotNegative() {
        return switch (this) {
            case RELU, RELU6, SIGMOID, SOFTMAX -> true;
            case LINEAR, TANH -> false;
        };
    }
}
