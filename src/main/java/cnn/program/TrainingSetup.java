package cnn.program;

import java.util.Set;

/**
 * How the layers of a network learn.
 *
 * @param trainable the layers whose weights change; all others stay as they are
 * @param batchStatistics the batch norms that normalise with the batch's own mean and variance and keep moving ones;
 *     all others use their moving statistics as they are, as Keras's do when called with {@code training=False}
 * @param batchSize the most samples of one step
 * @param seed of the dropout masks
 */
public record TrainingSetup(
        Set<String> trainable, Set<String> batchStatistics, Optimizer optimizer, int batchSize, long seed) {

    public TrainingSetup {
        trainable = Set.copyOf(trainable);
        batchStatistics = Set.copyOf(batchStatistics);
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch has at least one sample, not " + batchSize);
        }
    }
}
