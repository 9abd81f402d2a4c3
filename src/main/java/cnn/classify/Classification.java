package cnn.classify;

import cnn.zoo.Labels;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The answer for one input: predictions, the most probable first, or a failure.
 *
 * @param input as the user gave it
 * @param conformalSet the classes of which one is the right one, with the coverage that was asked for; none if it was not, or
 *     there is a failure
 * @param novelty how far the image is from the training images, above 1 farther than 99 % of these are; likewise
 */
public record Classification(
        String input,
        List<Prediction> predictions,
        Optional<Failure> failure,
        Optional<List<Labels.Label>> conformalSet,
        OptionalDouble novelty) {

    public Classification {
        predictions = List.copyOf(predictions);
    }

    /** An answer of predictions alone, or a failure. */
    public Classification(String input, List<Prediction> predictions, Optional<Failure> failure) {
        this(input, predictions, failure, Optional.empty(), OptionalDouble.empty());
    }

    /** Whether the likeliest class is at least so probable. */
    public boolean isAccepted(double threshold) {
        return !predictions.isEmpty() && predictions.get(0).probability() >= threshold;
    }

    /** Whether the image is known to be unlike the training images. */
    public boolean isNovel() {
        return novelty.orElse(0) > 1;
    }

    static Classification failed(String input, Failure failure) {
        return new Classification(input, List.of(), Optional.of(failure));
    }
}
