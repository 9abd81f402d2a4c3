package cnn.network;

/** What a window does at the border of its input; Keras's {@code padding} argument. */
public enum Padding {
    /** The window stays inside: (size - kernel) / stride + 1 positions, rounded down. */
    VALID,
    /** ceil(size / stride) positions; the odd cell of padding goes to the bottom and right. */
    SAME
}
