package cnn.classify;

import java.util.List;
import java.util.Optional;

/**
 * The answer for one input: predictions, the most probable first, or a failure.
 *
 * @param input as the user gave it
 */
public record Classification(String input, List<Prediction> predictions, Optional<Failure> failure) {

    public Classification {
        predictions = List.copyOf(predictions);
    }

    /** Whether the likeliest class is at least so probable. */
    public boolean isAccepted(double threshold) {
        return !predictions.isEmpty() && predictions.get(0).probability() >= threshold;
    }

    static Classification of(String input, List<Prediction> predictions) {
        return new Classification(input, predictions, Optional.empty());
    }

    static Classification failed(String input, Failure failure) {
        return new Classification(input, List.of(), Optional.of(failure));
    }
}
