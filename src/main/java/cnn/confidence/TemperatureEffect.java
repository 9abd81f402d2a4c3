package cnn.confidence;

import cnn.metrics.Calibration;
import cnn.metrics.Scores;

/**
 * What a temperature does to probabilities.
 *
 * @param before as the network gives them
 * @param after at the temperature
 */
public record TemperatureEffect(Temperature temperature, Quality before, Quality after) {

    /**
     * How good probabilities are.
     *
     * @param loss mean cross-entropy
     * @param calibrationError see {@link Calibration#error}
     */
    public record Quality(double loss, double calibrationError) {
        private static Quality of(Scores scores) {
            return new Quality(scores.loss(), Calibration.of(scores).error());
        }
    }

    /** @param scores as the network gives them */
    public static TemperatureEffect of(Temperature temperature, Scores scores) {
        return new TemperatureEffect(temperature, Quality.of(scores), Quality.of(temperature.apply(scores)));
    }
}
