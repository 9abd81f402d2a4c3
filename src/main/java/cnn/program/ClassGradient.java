package cnn.program;

import java.nio.FloatBuffer;

/** What of a network's input speaks for a class. Used by one thread; may hold native memory until it is closed. */
public interface ClassGradient extends AutoCloseable {

    /**
     * The gradient by one sample of its class's result before softmax or sigmoid; of the negative result for class 0 of a
     * sigmoid unit.
     *
     * @param nhwc the sample: height, width, channel, or a vector; from the buffer's position on
     * @return in the order of the sample
     */
    float[] of(FloatBuffer nhwc, int classIndex);

    @Override
    void close();
}
