package cnn.program;

/**
 * How well a batch was classified.
 *
 * @param lossSum the samples' losses, each times its weight, added up
 * @param correct samples whose likeliest class is the right one
 * @param predicted the likeliest class of each sample
 */
public record BatchResult(double lossSum, int correct, int[] predicted) {}
