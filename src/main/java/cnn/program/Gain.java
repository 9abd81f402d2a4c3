package cnn.program;

import cnn.network.Node;
import cnn.network.Weights;
import java.nio.FloatBuffer;

/**
 * A factor for each channel that a layer learns.
 *
 * @param layer whose first weight it is
 */
public record Gain(Node layer) implements Fold {

    @Override
    public void into(double[] factors, double[] bias, Weights weights) {
        FloatBuffer gains = weights.checkedValues(layer, layer.weights().get(0));
        for (int c = 0; c < factors.length; c++) {
            factors[c] *= gains.get(c);
            bias[c] *= gains.get(c);
        }
    }
}
