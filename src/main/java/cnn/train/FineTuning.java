package cnn.train;

/**
 * That layers of the base learn too, and how.
 *
 * @param unfreeze which
 * @param epochs after those of the head
 * @param learningRate in these epochs
 */
public record FineTuning(Unfreezing unfreeze, int epochs, double learningRate) {}
