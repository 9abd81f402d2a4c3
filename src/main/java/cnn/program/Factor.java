package cnn.program;

import cnn.network.Node;
import cnn.network.Weights;

/**
 * One factor for all channels.
 *
 * @param layer whose kernel it is folded into
 */
public record Factor(Node layer, double factor) implements Fold {

    @Override
    public void into(double[] factors, double[] bias, Weights weights) {
        for (int c = 0; c < factors.length; c++) {
            factors[c] *= factor;
            bias[c] *= factor;
        }
    }
}
