package cnn.report;

import cnn.model.SavedModelFile;
import cnn.network.InputLayer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keras's {@code model.summary()}, with the multiply-adds of each layer.
 *
 * @param trainableParameters of all parameters, those that training would change, or changed
 * @param saved how the network was trained, if it is a saved model
 */
public record NetworkSummary(Network network, long trainableParameters, Optional<SavedModelFile.Description> saved) {

    public NetworkSummary(Network network, long trainableParameters) {
        this(network, trainableParameters, Optional.empty());
    }

    /** A saved model: base, head, and what of them was trained. */
    public static NetworkSummary of(SavedModelFile.Description file) {
        return new NetworkSummary(file.model().network(), file.model().trainedParameters(), Optional.of(file));
    }

    public String as(Format format) {
        ResultTable<Node> layers = layers();
        return switch (format) {
            case TEXT -> text(layers.asText());
            case JSON, JSONL -> Json.text(object(layers.asJson())) + "\n";
            case CSV -> layers.asCsv();
        };
    }

    private ResultTable<Node> layers() {
        ResultTable<Node> table = new ResultTable<>(network.nodes())
                .text("Layer (type)", node -> "%s (%s)"
                        .formatted(node.name(), node.layer().kerasType()))
                .data("name", Node::name)
                .data("type", node -> node.layer().kerasType().toString())
                .text("Output Shape", node -> withBatch(node.outputShape()))
                .csv("output_shape", node -> times(node.outputShape()))
                .json("output_shape", node -> node.outputShape().sizes())
                .text("Param #", node -> grouped(node.parameters()))
                .data("params", Node::parameters)
                .text("Multiply-adds", node -> grouped(node.multiplyAdds()))
                .data("multiply_adds", Node::multiplyAdds);
        return branched() ? table.text("Connected to", node -> String.join(", ", node.inputs())) : table;
    }

    private String text(String layers) {
        long total = network.parameters();
        return "Model: \"" + OneLine.of(network.name()) + "\"\n"
                + layers
                + "\nTotal params: " + grouped(total)
                + "\nTrainable params: " + grouped(trainableParameters)
                + "\nNon-trainable params: " + grouped(total - trainableParameters)
                + "\nMultiply-adds: " + grouped(network.multiplyAdds())
                + " for one image (convolutions and dense layers, without bias)\n"
                + trained().map(TrainedParts::text).orElse("");
    }

    private Map<String, Object> object(List<Map<String, Object>> layers) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", network.name());
        object.put("layers", layers);
        object.put("total_params", network.parameters());
        object.put("trainable_params", trainableParameters);
        object.put("non_trainable_params", network.parameters() - trainableParameters);
        object.put("multiply_adds", network.multiplyAdds());
        trained().ifPresent(parts -> object.putAll(parts.object()));
        return object;
    }

    private Optional<TrainedParts> trained() {
        return saved.map(file -> new TrainedParts(file.model(), file.kerasOrderOnly()));
    }

    private static String times(Shape shape) {
        return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    /** Whether a layer takes another input than the one listed before it. */
    private boolean branched() {
        List<Node> nodes = network.nodes();
        for (int i = 1; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!(node.layer() instanceof InputLayer)
                    && !node.inputs().equals(List.of(nodes.get(i - 1).name()))) {
                return true;
            }
        }
        return false;
    }

    private static String withBatch(Shape shape) {
        return shape.toString().replaceFirst("\\(", "(None, ").replaceFirst(",\\)$", ")");
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
