package cnn.program;

import java.util.Map;
import java.util.Set;

/**
 * How the layers of a network learn.
 *
 * @param trainable the layers whose weights change; all others stay as they are
 * @param batchStatistics the batch norms that normalise with the batch's own mean and variance and keep moving ones;
 *     all others use their moving statistics as they are, as Keras's do when called with {@code training=False}
 * @param batchSize the most samples of one step
 * @param seed of the dropout masks
 * @param labelSmoothing see {@link Loss#of}
 * @param l2 by a layer's name, what the sum of squares of its kernels is multiplied with when it is added to the loss, as by
 *     Keras's {@code kernel_regularizer=L2(l2)}; layers that are not in it have none
 * @param rates by a layer's name, what the learning rate is multiplied with for its weights; layers that are not in it have 1
 */
public record TrainingSetup(
        Set<String> trainable,
        Set<String> batchStatistics,
        Optimizer optimizer,
        int batchSize,
        long seed,
        double labelSmoothing,
        Map<String, Double> l2,
        Map<String, Double> rates) {

    public TrainingSetup {
        trainable = Set.copyOf(trainable);
        batchStatistics = Set.copyOf(batchStatistics);
        l2 = Map.copyOf(l2);
        rates = Map.copyOf(rates);
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch has at least one sample, not " + batchSize);
        }
    }

    /** With a loss that is nothing but the cross-entropy, and one learning rate. */
    public TrainingSetup(
            Set<String> trainable, Set<String> batchStatistics, Optimizer optimizer, int batchSize, long seed) {
        this(trainable, batchStatistics, optimizer, batchSize, seed, 0, Map.of(), Map.of());
    }
}
