package cnn.report;

import cnn.model.SavedModelFile;
import cnn.network.InputLayer;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Shape;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        return switch (format) {
            case TEXT -> text();
            case JSON, JSONL -> json();
            case CSV -> csv();
        };
    }

    private String text() {
        boolean branched = branched();
        TextTable table = branched
                ? new TextTable("Layer (type)", "Output Shape", "Param #", "Multiply-adds", "Connected to")
                : new TextTable("Layer (type)", "Output Shape", "Param #", "Multiply-adds");
        for (Node node : network.nodes()) {
            List<String> row = new ArrayList<>(List.of(
                    "%s (%s)".formatted(node.name(), node.layer().kerasType()),
                    withBatch(node.outputShape()),
                    grouped(node.parameters()),
                    grouped(node.multiplyAdds())));
            if (branched) {
                row.add(String.join(", ", node.inputs()));
            }
            table.add(row);
        }
        long total = network.parameters();
        return "Model: \"" + OneLine.of(network.name()) + "\"\n"
                + table.render()
                + "\nTotal params: " + grouped(total)
                + "\nTrainable params: " + grouped(trainableParameters)
                + "\nNon-trainable params: " + grouped(total - trainableParameters)
                + "\nMultiply-adds: " + grouped(network.multiplyAdds())
                + " for one image (convolutions and dense layers, without bias)\n"
                + saved.map(file -> new TrainedParts(file.model(), file.kerasOrderOnly()).text())
                        .orElse("");
    }

    private String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("model", network.name());
            json.writeArrayFieldStart("layers");
            for (Node node : network.nodes()) {
                json.writeStartObject();
                json.writeStringField("name", node.name());
                json.writeStringField("type", node.layer().kerasType().toString());
                json.writeArrayFieldStart("output_shape");
                for (int size : node.outputShape().sizes()) {
                    json.writeNumber(size);
                }
                json.writeEndArray();
                json.writeNumberField("params", node.parameters());
                json.writeNumberField("multiply_adds", node.multiplyAdds());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("total_params", network.parameters());
            json.writeNumberField("trainable_params", trainableParameters);
            json.writeNumberField("non_trainable_params", network.parameters() - trainableParameters);
            json.writeNumberField("multiply_adds", network.multiplyAdds());
            if (saved.isPresent()) {
                new TrainedParts(saved.get().model(), saved.get().kerasOrderOnly()).write(json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text + "\n";
    }

    private String csv() {
        StringBuilder rows = new StringBuilder(Csv.row("name", "type", "output_shape", "params", "multiply_adds"));
        for (Node node : network.nodes()) {
            rows.append(Csv.row(
                    node.name(),
                    node.layer().kerasType().toString(),
                    node.outputShape().sizes().stream()
                            .map(String::valueOf)
                            .reduce((a, b) -> a + "x" + b)
                            .orElse(""),
                    String.valueOf(node.parameters()),
                    String.valueOf(node.multiplyAdds())));
        }
        return rows.toString();
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
