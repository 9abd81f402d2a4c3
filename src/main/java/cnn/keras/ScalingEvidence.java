package cnn.keras;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a model tells of how its pixels are to be scaled.
 *
 * @param inside whether it scales them itself, so that it takes them from 0 to 255
 * @param adapted the layer that may do so: a normalization whose means are among the weights
 * @param models the name of the model and of those nested in it, the outermost first
 * @param layers the names of all layers
 */
public record ScalingEvidence(boolean inside, Optional<String> adapted, List<String> models, List<String> layers) {
    /** The name that our exports give to a frozen convolution that puts blue first, and red last. */
    public static final String COLOURS_TURNED = "rgb_to_bgr";

    static final ScalingEvidence NONE = new ScalingEvidence(false, Optional.empty(), List.of(), List.of());

    /** Means of pixels from 0 to 255 are above, those of pixels from 0 to 1 below. */
    static final double LEAST_MEAN = 2;

    public ScalingEvidence {
        models = List.copyOf(models);
        layers = List.copyOf(layers);
    }

    /** The same, with what the weights tell. */
    public ScalingEvidence seenIn(KerasWeights weights) {
        Optional<FloatBuffer> means = adapted.flatMap(layer -> weights.tensor(layer, "mean"));
        boolean large = false;
        for (int i = 0; means.isPresent() && i < means.get().remaining(); i++) {
            large |= Math.abs(means.get().get(i)) > LEAST_MEAN;
        }
        return new ScalingEvidence(inside || large, Optional.empty(), models, layers);
    }
}
