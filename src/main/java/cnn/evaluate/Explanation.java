package cnn.evaluate;

import cnn.classify.Prediction;
import cnn.image.Pixels;

/**
 * Where in a picture a model sees a class.
 *
 * @param prediction the class, and its place among all
 * @param layer whose feature map was looked at
 * @param picture what the model saw, with the proportions of the original
 */
public record Explanation(String model, Prediction prediction, String layer, Pixels picture, Heat heat) {}
