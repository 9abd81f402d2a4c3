package cnn.train;

import cnn.cache.FeatureCache;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a training works with; none of it decides the result.
 *
 * @param cache of what the layers that are not trained make of the images
 * @param threads that read, decode and augment
 * @param checkpointEvery epochs; empty: after each, but not more often than every few seconds
 */
public record TrainingEnvironment(
        TrainingFiles files,
        Optional<FeatureCache> cache,
        int threads,
        OptionalInt checkpointEvery,
        TrainingListener listener) {}
