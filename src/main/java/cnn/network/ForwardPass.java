package cnn.network;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network with its weights, ready to compute. Used by one thread at a time; holds native memory until it is closed.
 */
public interface ForwardPass extends AutoCloseable {

    /** The layers whose outputs {@link #run} gives, in the order asked for. */
    List<Node> outputs();

    /**
     * Computes the outputs for some images.
     *
     * @param nhwc the images one behind the other, each in the order height, width, channel, as the network's weights
     *     want them scaled; from the buffer's position on, {@code images} times the input's elements
     * @param images how many, at least 1
     * @return for each of {@link #outputs} the values of all images one behind the other, each height, width, channel
     */
    List<float[]> run(FloatBuffer nhwc, int images);

    @Override
    void close();
}
