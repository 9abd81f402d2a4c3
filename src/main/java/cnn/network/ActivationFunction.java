package cnn.network;

/** The functions that end a layer; {@link #SOFTMAX} runs over the innermost axis. */
public enum ActivationFunction {
    LINEAR,
    RELU,
    /** min(max(x, 0), 6), as MobileNet uses it. */
    RELU6,
    TANH,
    SIGMOID,
    SOFTMAX
}
