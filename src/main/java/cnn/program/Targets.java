package cnn.program;

/**
 * The right classes of a batch's samples.
 *
 * @param classes their indices
 * @param weights what each sample's loss by that class is multiplied with
 */
public record Targets(int[] classes, float[] weights) {}
