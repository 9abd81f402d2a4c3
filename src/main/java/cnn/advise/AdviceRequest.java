package cnn.advise;

import cnn.classify.ImageRequest;
import cnn.model.ModelRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What advice is wanted on: everything that decides it, but for the clock.
 *
 * @param data folder of the images
 * @param models the networks to try; none: all whose weights are here
 * @param validationSplit share of the images that is held back where there is no folder for validation
 * @param seed of the split, of what is sampled, of the folds and of the intervals
 * @param budget how long it may take
 */
public record AdviceRequest(
        Path data, List<ModelRequest> models, double validationSplit, long seed, Duration budget, ImageRequest images) {
    public AdviceRequest {
        models = List.copyOf(models);
    }
}
