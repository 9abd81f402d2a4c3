package cnn.program;

import cnn.network.Node;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.Optional;

/** What multiplies each channel of a kernel's results by a factor and adds a number, so that it can be part of the kernel. */
public sealed interface Fold permits Norm, Gain, Factor {
    /** Where its weights are. */
    Node layer();

    /**
     * Takes it into what a kernel's channels are multiplied with, and into what is added to them.
     *
     * @param factors so far
     * @param bias so far
     */
    void into(double[] factors, double[] bias, Weights weights);

    static Optional<FloatBuffer> weight(Node node, String name, Weights weights) {
        return node.weights().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .map(spec -> weights.checkedValues(node, spec));
    }
}
