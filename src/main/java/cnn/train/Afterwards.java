package cnn.train;

import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.ConfidenceCalibration.Source;
import cnn.confidence.Novelty;
import cnn.confidence.Temperature;
import cnn.metrics.Scores;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is found out about a model when its training has come to its end.
 *
 * @param test how it does on the test folder, if there is one
 * @param calibration what held-out images say of its probabilities
 * @param novelty what tells images unlike the training images, if that is wanted
 */
record Afterwards(
        Optional<TrainingOutcome.Test> test, Optional<ConfidenceCalibration> calibration, Optional<Novelty> novelty) {
    static final Afterwards NONE = new Afterwards(Optional.empty(), Optional.empty(), Optional.empty());

    /** The calibration by what a model said of images that it has not learnt from. */
    static ConfidenceCalibration calibration(Source source, Scores held, long seed, TrainingListener listener) {
        Optional<Temperature> temperature = Temperature.fit(held);
        if (temperature.isEmpty()) {
            listener.detail("the class of each of %d %s is the likeliest, which tells no temperature; it stays 1"
                    .formatted(held.images(), source.words()));
        }
        int[] chosen = Arrays.stream(Batches.order(held.images(), seed, 0))
                .limit(ConfidenceCalibration.MOST_SCORES)
                .toArray();
        return ConfidenceCalibration.of(source, held, temperature.orElse(Temperature.ONE), chosen);
    }
}
