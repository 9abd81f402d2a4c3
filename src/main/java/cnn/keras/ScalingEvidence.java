package cnn.keras;

import java.util.List;

/**
 * What a model tells of how its pixels are to be scaled.
 *
 * @param inside whether it scales them itself, so that it takes them from 0 to 255
 * @param models the name of the model and of those nested in it, the outermost first
 * @param layers the names of all layers
 */
public record ScalingEvidence(boolean inside, List<String> models, List<String> layers) {
    static final ScalingEvidence NONE = new ScalingEvidence(false, List.of(), List.of());

    public ScalingEvidence {
        models = List.copyOf(models);
        layers = List.copyOf(layers);
    }
}
