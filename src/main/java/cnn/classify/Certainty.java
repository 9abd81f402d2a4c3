package cnn.classify;

import cnn.confidence.Novelty;
import cnn.confidence.Temperature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is said besides the likeliest classes of how far an answer can be trusted.
 *
 * @param temperature that probabilities are shown at, in place of that of the network
 * @param sets that are told of each image
 * @param novelty what tells images unlike those that the model was trained on; its layer is the second output of the pass
 */
public record Certainty(Optional<Temperature> temperature, Optional<Sets> sets, Optional<Novelty> novelty) {
    /** Nothing. */
    public static final Certainty NONE = new Certainty(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Conformal sets.
     *
     * @param coverage the probability with which they hold the right class
     * @param least the least probability of their classes, as the network gives it
     */
    public record Sets(double coverage, float least) {}

    /** What of this decides answers, by name. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        temperature.ifPresent(found -> settings.put("temperature", String.valueOf(found.value())));
        sets.ifPresent(found -> settings.put("coverage", found.coverage() + ", probability " + found.least()));
        novelty.ifPresent(
                found -> settings.put("novelty", "%s of layer %s".formatted(found.threshold(), found.layer())));
        return settings;
    }
}
