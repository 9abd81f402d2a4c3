package cnn.report;

import cnn.json.Json;
import cnn.keras.LayerSummary;
import cnn.keras.NetworkLayout;
import cnn.model.SavedModelFile;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Keras's {@code model.summary()}, with the multiply-adds of each layer.
 *
 * @param layers those of a nested model within it
 * @param parameters of all layers, those of one that is used several times counted once
 * @param trainableParameters those that training would change, or changed
 * @param saved how the network was trained, if it is a saved model
 */
public record NetworkSummary(
        String name,
        List<LayerSummary> layers,
        long parameters,
        long trainableParameters,
        long multiplyAdds,
        Optional<SavedModelFile.Description> saved) {
    private static final String NESTED = "  ";

    public NetworkSummary {
        layers = List.copyOf(layers);
    }

    public NetworkSummary(Network network, long trainableParameters) {
        this(network, trainableParameters, Optional.empty());
    }

    private NetworkSummary(Network network, long trainableParameters, Optional<SavedModelFile.Description> saved) {
        this(
                network.name(),
                network.nodes().stream().map(NetworkSummary::line).toList(),
                network.parameters(),
                trainableParameters,
                network.multiplyAdds(),
                saved);
    }

    /** A model that Keras saved, as Keras shows it. */
    public static NetworkSummary of(NetworkLayout layout) {
        return new NetworkSummary(
                layout.network().name(),
                layout.summary(),
                layout.summary().stream().mapToLong(LayerSummary::parameters).sum(),
                layout.summary().stream().mapToLong(LayerSummary::trainable).sum(),
                layout.network().multiplyAdds(),
                Optional.empty());
    }

    /** A saved model: base, head, and what of them was trained. */
    public static NetworkSummary of(SavedModelFile.Description file) {
        return new NetworkSummary(file.model().network(), file.model().trainedParameters(), Optional.of(file));
    }

    private static LayerSummary line(Node node) {
        return new LayerSummary(
                node.name(),
                node.layer().kerasType().toString(),
                false,
                node.outputShape(),
                node.parameters(),
                node.trainableParameters(),
                node.multiplyAdds(),
                node.inputs(),
                List.of(),
                Optional.of(node));
    }

    /** @param details what is told of each layer besides Keras's columns */
    public String as(Format format, LayerDetails details) {
        return switch (format) {
            case TEXT -> text(details);
            case JSON, JSONL -> Json.text(object(details)) + "\n";
            case CSV -> table(lines(NetworkSummary::counted), details).asCsv();
        };
    }

    /** A line, and in how many nested models it is; {@code model} is the name of the innermost, with a slash. */
    private record Line(int depth, String model, LayerSummary layer) {}

    /** @param shown which layers of a model */
    private List<Line> lines(UnaryOperator<List<LayerSummary>> shown) {
        List<Line> lines = new ArrayList<>();
        addLines(lines, 0, "", layers, shown);
        return lines;
    }

    private ResultTable<Line> table(List<Line> lines, LayerDetails details) {
        ResultTable<Line> table = new ResultTable<>(lines)
                .text("Layer (type)", NetworkSummary::named)
                .csv("name", line -> line.model() + line.layer().name())
                .csv("type", line -> line.layer().type())
                .text("Output Shape", line -> withBatch(line.layer().outputShape()))
                .csv("output_shape", line -> times(line.layer().outputShape()))
                .text("Param #", line -> grouped(line.layer().parameters()))
                .csv("params", line -> line.layer().parameters())
                .text("Multiply-adds", line -> grouped(line.layer().multiplyAdds()))
                .csv("multiply_adds", line -> line.layer().multiplyAdds());
        if (details.denseEquivalent()) {
            table.text("Dense param #", line -> grouped(details.dense(line.layer())))
                    .csv("dense_equivalent", line -> details.dense(line.layer()));
        }
        if (details.formulas()) {
            table.csv("formulas", line -> details.field(line.layer()));
        }
        return branched()
                ? table.text(
                        "Connected to", line -> String.join(", ", line.layer().inputs()))
                : table;
    }

    private static void addLines(
            List<Line> lines,
            int depth,
            String model,
            List<LayerSummary> layers,
            UnaryOperator<List<LayerSummary>> shown) {
        for (LayerSummary layer : shown.apply(layers)) {
            lines.add(new Line(depth, model, layer));
            addLines(lines, depth + 1, layer.name() + "/", layer.inner(), shown);
        }
    }

    private static String named(Line line) {
        return "%s%s (%s)"
                .formatted(
                        NESTED.repeat(line.depth()),
                        line.layer().name(),
                        line.layer().type());
    }

    private String text(LayerDetails details) {
        List<Line> lines = lines(shown -> shown);
        return "Model: \"" + OneLine.of(name) + "\"\n"
                + explained(table(lines, details).asText(), lines, details)
                + "\nTotal params: " + grouped(parameters)
                + "\nTrainable params: " + grouped(trainableParameters)
                + "\nNon-trainable params: " + grouped(parameters - trainableParameters)
                + "\nMultiply-adds: " + grouped(multiplyAdds)
                + " for one image (convolutions and dense layers, without bias)\n"
                + details.total(layers)
                + trained().map(TrainedParts::text).orElse("");
    }

    /** The table with each layer's formulas under it. */
    private static String explained(String table, List<Line> lines, LayerDetails details) {
        List<String> printed = table.lines().toList();
        int header = printed.size() - lines.size();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < printed.size(); i++) {
            text.append(printed.get(i)).append('\n');
            if (i >= header) {
                Line line = lines.get(i - header);
                details.lines(line.layer()).forEach(formula -> text.append(NESTED.repeat(line.depth() + 2))
                        .append(OneLine.of(formula))
                        .append('\n'));
            }
        }
        return text.toString();
    }

    private Map<String, Object> object(LayerDetails details) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", name);
        object.put("layers", objects(layers, details));
        object.put("total_params", parameters);
        object.put("trainable_params", trainableParameters);
        object.put("non_trainable_params", parameters - trainableParameters);
        object.put("multiply_adds", multiplyAdds);
        details.addTotal(object, layers);
        trained().ifPresent(parts -> object.putAll(parts.object()));
        return object;
    }

    private static List<Map<String, Object>> objects(List<LayerSummary> layers, LayerDetails details) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (LayerSummary layer : counted(layers)) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", layer.name());
            object.put("type", layer.type());
            object.put("output_shape", layer.outputShape().sizes());
            object.put("params", layer.parameters());
            object.put("multiply_adds", layer.multiplyAdds());
            details.addTo(object, layer);
            if (!layer.inner().isEmpty()) {
                object.put("layers", objects(layer.inner(), details));
            }
            objects.add(object);
        }
        return objects;
    }

    private Optional<TrainedParts> trained() {
        return saved.map(file -> new TrainedParts(file.model(), file.kerasOrderOnly(), file.novelty()));
    }

    static String times(Shape shape) {
        return shape.sizes().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    /** Those that Keras has in {@code model.layers}. */
    private static List<LayerSummary> counted(List<LayerSummary> layers) {
        return layers.stream().filter(layer -> !layer.operator()).toList();
    }

    /** Whether a layer takes another input than the one listed before it. */
    private boolean branched() {
        for (int i = 1; i < layers.size(); i++) {
            List<String> inputs = layers.get(i).inputs();
            if (!inputs.isEmpty() && !inputs.equals(List.of(layers.get(i - 1).name()))) {
                return true;
            }
        }
        return false;
    }

    static String withBatch(Shape shape) {
        return shape.toString().replaceFirst("\\(", "(None, ").replaceFirst(",\\)$", ")");
    }

    private static String grouped(Long number) {
        return number == null ? "" : grouped(number.longValue());
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
