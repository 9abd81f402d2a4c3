package cnn.report;

import java.util.OptionalDouble;

/**
 * What rows say of answers besides the predictions.
 *
 * @param threshold the probability below which the likeliest class is not accepted, if rows are to say so
 * @param temperature that the probabilities are shown at, if it is not the network's
 * @param coverage of conformal sets, if rows have them
 * @param novelty whether rows say how far images are from the training images
 */
public record AnswerColumns(
        OptionalDouble threshold, OptionalDouble temperature, OptionalDouble coverage, boolean novelty) {
    /** Nothing. */
    public static final AnswerColumns NONE =
            new AnswerColumns(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), false);
}
