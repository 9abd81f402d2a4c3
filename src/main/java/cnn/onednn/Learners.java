package cnn.onednn;

import cnn.program.TrainingSetup;
import java.util.Set;

/**
 * Which layers of a network learn.
 *
 * @param trainable the layers whose weights change by gradient
 * @param batchStatistics the batch norms that normalise with the batch's own mean and variance
 * @param slots how many numbers the optimizer keeps for every weight that learns
 */
record Learners(Set<String> trainable, Set<String> batchStatistics, int slots) {
    /** Everything stays as it is. */
    static final Learners NONE = new Learners(Set.of(), Set.of(), 0);

    static Learners of(TrainingSetup setup) {
        return new Learners(
                setup.trainable(), setup.batchStatistics(), setup.optimizer().slots());
    }
}
