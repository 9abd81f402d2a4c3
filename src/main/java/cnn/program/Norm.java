package cnn.program;

import cnn.network.BatchNormalization;
import cnn.network.Node;
import cnn.network.Weights;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * A batch norm of a network: with s = gamma / sqrt(variance + epsilon) results are multiplied by s, and the bias b becomes
 * (b - mean) s + beta.
 *
 * @param layer where its weights are
 * @param terms its numbers
 */
public record Norm(Node layer, BatchNormalization terms) implements Fold {

    @Override
    public void into(double[] factors, double[] bias, Weights weights) {
        Optional<FloatBuffer> gamma = Fold.weight(layer, "gamma", weights);
        Optional<FloatBuffer> beta = Fold.weight(layer, "beta", weights);
        FloatBuffer mean = Fold.weight(layer, "moving_mean", weights).orElseThrow();
        FloatBuffer variance = Fold.weight(layer, "moving_variance", weights).orElseThrow();
        for (int c = 0; c < factors.length; c++) {
            double spread = Math.sqrt(variance.get(c) + terms.epsilon());
            double factor = (gamma.isPresent() ? gamma.get().get(c) : 1) / spread;
            factors[c] *= factor;
            bias[c] = (bias[c] - mean.get(c)) * factor
                    + (beta.isPresent() ? beta.get().get(c) : 0);
        }
    }
}
