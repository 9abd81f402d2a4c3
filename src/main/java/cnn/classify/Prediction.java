package cnn.classify;

import cnn.zoo.Labels;

/**
 * One class that a picture may show.
 *
 * @param rank 1 for the most probable class
 * @param label of the class
 * @param index of the network's output
 * @param probability 0 to 1
 */
public record Prediction(int rank, Labels.Label label, int index, float probability) {}
