package cnn.report;

import cnn.Counted;
import cnn.confidence.ConfidenceCalibration;
import cnn.confidence.Novelty;
import cnn.model.SavedModel;
import cnn.model.SavedModel.Base;
import cnn.network.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a summary says of a saved model besides its layers: base and head, what was trained, the classes.
 *
 * @param kerasOrderOnly why Deeplearning4j cannot restore it, if it cannot
 * @param novelty what tells images unlike the training images, if it holds that
 */
record TrainedParts(SavedModel model, Optional<String> kerasOrderOnly, Optional<Novelty> novelty) {

    String text() {
        List<String> lines = new ArrayList<>();
        model.base()
                .ifPresent(base -> lines.add("Base: %s, %s; weights %s, sha256 %s"
                        .formatted(base.name(), size(base()), base.weightsFile(), base.sha256())));
        if (!head().isEmpty()) {
            lines.add("Head: %s; %s".formatted(names(head()), size(head())));
        }
        boolean all = model.trainedParameters() == model.network().trainableParameters();
        lines.add(all ? "Trained: all layers" : "Trained: %s; the others were frozen".formatted(names(trained())));
        if (!model.training().complete()) {
            lines.add(stopped());
        }
        kerasOrderOnly.ifPresent(reason ->
                lines.add("Weights: in Keras's order only, not for Deeplearning4j's ModelSerializer; " + reason));
        lines.add("Images: resize %s%s".formatted(model.loading(), model.autoOrient() ? ", auto-orient" : ""));
        lines.add(model.calibration()
                .map(found -> "Calibration: temperature %s, by %,d %s; for --calibrated, --coverage"
                        .formatted(
                                Figure.plain(found.temperature().value()),
                                found.images(),
                                found.source().words()))
                .orElse("Calibration: none"));
        novelty.ifPresent(rows -> lines.add("Novelty: %s, %,d features each, of layer %s; for --novelty"
                .formatted(Counted.of(rows.rows().length, "training image"), rows.features(), rows.layer())));
        lines.add("Classes: " + String.join(", ", model.classes()));
        return lines.stream().map(line -> OneLine.of(line) + "\n").collect(Collectors.joining());
    }

    /** The same for scripts. */
    Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        if (model.base().isPresent()) {
            Base base = model.base().get();
            Map<String, Object> below = new LinkedHashMap<>();
            below.put("name", base.name());
            below.put("weights_file", base.weightsFile());
            below.put("weights_sha256", base.sha256());
            below.put("layers", base().size());
            below.put("params", parameters(base()));
            object.put("base", below);
            Map<String, Object> above = new LinkedHashMap<>();
            above.put("layers", head().stream().map(Node::name).toList());
            above.put("params", parameters(head()));
            object.put("head", above);
        }
        object.put("trained", model.trained());
        object.put("complete", model.training().complete());
        object.put("for_deeplearning4j", kerasOrderOnly.isEmpty());
        object.put("resize", model.loading().resize().id());
        object.put("aspect", model.loading().aspect().id());
        object.put("color", model.loading().color().id());
        object.put("auto_orient", model.autoOrient());
        object.put("classes", model.classes());
        object.put("calibration", model.calibration().map(TrainedParts::fields).orElse(null));
        object.put("novelty", novelty.map(TrainedParts::fields).orElse(null));
        return object;
    }

    private static Map<String, Object> fields(ConfidenceCalibration found) {
        Map<String, Object> fields = found.fields();
        fields.remove("true_class_probabilities");
        fields.put("scores", found.scores().images());
        return fields;
    }

    private static Map<String, Object> fields(Novelty rows) {
        Map<String, Object> fields = rows.fields();
        fields.put("rows", rows.rows().length);
        return fields;
    }

    private String stopped() {
        Map<String, Object> metrics = model.training().metrics();
        return "Not complete: training was stopped at epoch %s, and this is the best so far, epoch %s; --resume goes on"
                .formatted(metrics.get("epochs"), metrics.get("epoch"));
    }

    private List<Node> base() {
        return model.base()
                .map(base -> model.network().upTo(base.output()).nodes())
                .orElse(List.of());
    }

    /** The layers above the base; none where there is no base. */
    private List<Node> head() {
        List<Node> base = base();
        return base.isEmpty()
                ? List.of()
                : model.network().nodes().stream()
                        .filter(node -> !base.contains(node))
                        .toList();
    }

    /** Those trained layers that have anything to train. */
    private List<Node> trained() {
        return model.network().nodes().stream()
                .filter(node -> model.trained().contains(node.name()) && node.trainableParameters() > 0)
                .toList();
    }

    private static String names(List<Node> layers) {
        return layers.isEmpty()
                ? "nothing"
                : String.join(", ", layers.stream().map(Node::name).toList());
    }

    private static String size(List<Node> layers) {
        return "%s with %s".formatted(Counted.of(layers.size(), "layer"), Counted.of(parameters(layers), "parameter"));
    }

    private static long parameters(List<Node> layers) {
        return layers.stream().mapToLong(Node::parameters).sum();
    }
}
