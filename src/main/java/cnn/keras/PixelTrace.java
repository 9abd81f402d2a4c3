package cnn.keras;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows the pixels from the input of a model as long as nothing has been done to their numbers. */
final class PixelTrace {
    /** Layers that move numbers, or do nothing when answering; and {@code x[..., ::-1]}. */
    private static final Set<String> MOVING = Set.of(
            "Resizing",
            "CenterCrop",
            "Cropping2D",
            "ZeroPadding2D",
            "Reshape",
            "Permute",
            "Flatten",
            "Identity",
            "Dropout",
            "SpatialDropout2D",
            "GaussianNoise",
            "GaussianDropout",
            "AlphaDropout",
            "ActivityRegularization",
            "GetItem");

    /** A factor below makes of 0..255 what networks are fed with; one above is meant for pixels from 0 to 1. */
    private static final double LARGEST_FACTOR = 0.1;

    private final Set<String> untouched = new HashSet<>();
    private final List<String> models = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();
    private boolean scaled;
    private Optional<String> adapted = Optional.empty();

    /** A model takes its input from {@code node}. */
    void enter(String model, String node) {
        if (models.isEmpty()) {
            untouched.add(node);
        }
        models.add(model);
    }

    /** A layer takes {@code inputs} and gives {@code node}. */
    void add(ModelGraph.Entry entry, List<String> inputs, String node) {
        layers.add(entry.layer().name());
        if (!untouched.containsAll(inputs)) {
            return;
        }
        String type = entry.computed().type();
        if (scales(entry.computed())) {
            scaled = true;
        } else if (type.equals("Normalization") && !entry.layer().config().has("mean")) {
            adapted = Optional.of(node);
        } else if (MOVING.contains(type)
                || type.startsWith("Random")
                || type.equals("Rescaling")
                || entry.layer().name().equals(ScalingEvidence.COLOURS_TURNED)) {
            untouched.add(node);
        }
    }

    ScalingEvidence evidence() {
        return new ScalingEvidence(scaled, adapted, models, layers);
    }

    private static boolean scales(LayerConfig layer) {
        return switch (layer.type()) {
            case "Rescaling" ->
                numbers(layer, "scale").stream().anyMatch(scale -> Math.abs(scale) < LARGEST_FACTOR)
                        || numbers(layer, "offset").stream()
                                .anyMatch(offset -> Math.abs(offset) > ScalingEvidence.LEAST_MEAN);
            case "Normalization" ->
                numbers(layer, "mean").stream().anyMatch(mean -> Math.abs(mean) > ScalingEvidence.LEAST_MEAN);
            default -> false;
        };
    }

    private static List<Double> numbers(LayerConfig layer, String name) {
        return layer.config().has(name)
                ? Constant.of(layer, layer.config().get(name)).values()
                : List.of();
    }
}
