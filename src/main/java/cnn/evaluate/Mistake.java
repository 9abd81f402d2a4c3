package cnn.evaluate;

import cnn.classify.Prediction;
import cnn.image.Pixels;
import java.util.List;
import java.util.Optional;

/**
 * An image that a model took for something else.
 *
 * @param input the image as the user knows it
 * @param actual index of its class
 * @param probability of that class
 * @param top the likeliest classes, the wrong answer first
 * @param picture what the model saw, small
 * @param heat what in it spoke for the wrong answer, where that is known
 */
public record Mistake(
        String input, int actual, float probability, List<Prediction> top, Pixels picture, Optional<Heat> heat) {

    public Mistake {
        top = List.copyOf(top);
    }
}
