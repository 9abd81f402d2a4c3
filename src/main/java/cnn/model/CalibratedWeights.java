package cnn.model;

import cnn.files.Sha256;
import cnn.model.Provenance.WeightFile;
import cnn.network.Shape;
import cnn.zoo.Preprocessing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * That for which ranges were found, and for which alone they hold.
 *
 * @param weights see {@link Provenance#identity}
 * @param network its name
 * @param preprocessing how pixels are scaled, as a saved model names it
 * @param inputSize height, width, channels
 */
record CalibratedWeights(String weights, String network, String preprocessing, List<Integer> inputSize) {
    private static final int DIGITS = 32;

    CalibratedWeights {
        inputSize = List.copyOf(inputSize);
    }

    static CalibratedWeights of(Model model) {
        Provenance provenance = model.provenance();
        String network = provenance
                .file()
                .map(WeightFile::network)
                .orElse(model.network().name());
        return of(provenance.identity(), network, provenance.preprocessing(), model.input());
    }

    /** @param weights their identity */
    static CalibratedWeights of(String weights, SavedModel model) {
        return of(
                weights,
                model.network().name(),
                model.preprocessing(),
                model.network().input().outputShape());
    }

    private static CalibratedWeights of(String weights, String network, Preprocessing preprocessing, Shape input) {
        return new CalibratedWeights(weights, network, preprocessing.name().toLowerCase(Locale.ROOT), input.sizes());
    }

    /** By name, in the order of the file. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("weights", weights);
        fields.put("network", network);
        fields.put("preprocessing", preprocessing);
        fields.put("input_size", inputSize);
        return fields;
    }

    /** A name for a file: equal text for equal weights, and for these alone. */
    String key() {
        return Sha256.of(fields().toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, DIGITS);
    }

    /** The first thing in which this is not what is wanted, if there is one. */
    Optional<String> difference(CalibratedWeights wanted) {
        return wanted.fields().entrySet().stream()
                .filter(field -> !field.getValue().equals(fields().get(field.getKey())))
                .map(field -> "%s %s: %s, not %s"
                        .formatted(
                                field.getKey().equals("weights") ? "other" : "another",
                                field.getKey().replace('_', ' '),
                                fields().get(field.getKey()),
                                field.getValue()))
                .findFirst();
    }
}
