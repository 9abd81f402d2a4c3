package cnn.network;

import cnn.UserError;
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

    /**
     * The values of one weight, see {@link #values}.
     *
     * @throws UserError if they are not as many as its shape wants
     */
    default FloatBuffer checkedValues(Node node, WeightSpec weight) {
        FloatBuffer values = values(node, weight);
        if (values.remaining() != weight.shape().elements()) {
            throw UserError.weights("layer %s: %s has %d values, not the %d of shape %s"
                    .formatted(
                            node.name(),
                            weight.name(),
                            values.remaining(),
                            weight.shape().elements(),
                            weight.shape()));
        }
        return values;
    }
}
