package cnn.network;

import java.nio.FloatBuffer;

/** Where the values of a network's weights come from. */
@FunctionalInterface
public interface Weights {

    /**
     * The values of one weight, row-major in the shape of its {@link WeightSpec}.
     *
     * @return a buffer of exactly as many numbers as the shape has, position 0, not to be written to; a direct buffer
     *     where the values lie in a mapped file, valid as long as that file is open
     */
    FloatBuffer values(Node node, WeightSpec weight);
}
