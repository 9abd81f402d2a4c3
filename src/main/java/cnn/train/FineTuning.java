package cnn.train;

/**
 * That layers of the base learn too, and how.
 *
 * @param unfreeze which
 * @param epochs after those of the head
 * @param learningRate in these epochs
 * @param batchStatistics whether batch norms among these layers normalise with the batch's statistics and move their own, as
 *     in Keras 3's {@code fit}; else they keep them, as the base's others do
 */
public record FineTuning(Unfreezing unfreeze, int epochs, double learningRate, boolean batchStatistics) {}
