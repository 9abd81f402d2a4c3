package cnn.keras;

import cnn.Excerpt;
import cnn.UserError;
import cnn.json.JsonObject;
import cnn.network.Network;
import cnn.network.Node;
import cnn.network.Origin;
import cnn.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code model_config}, of Keras 2 or 3, as a network: sequential, functional, or one nested in the other. The layers of a
 * nested model keep their names, with the model's name before them where two would clash.
 */
public final class ModelConfig {
    private ModelConfig() {}

    /** {@link #parse(String, Optional, Optional, Origin)} of a model with one output, that Keras 3 wrote. */
    public static NetworkLayout parse(String json, Optional<Shape> inputSize) {
        return parse(json, inputSize, Optional.empty(), Origin.UNKNOWN);
    }

    /**
     * The one place where what does not make a network becomes the user's to mend.
     *
     * @param json the file's {@code model_config}
     * @param inputSize another height and width than the file's, or those where the file leaves them open
     * @param outputLayer which output to take of several
     * @param origin what wrote the file
     * @throws UserError naming what cannot be represented: of kind WEIGHTS, but DATA where the layers do not fit {@code
     *     inputSize}
     */
    public static NetworkLayout parse(
            String json, Optional<Shape> inputSize, Optional<String> outputLayer, Origin origin) {
        try {
            LayerConfig model = LayerConfig.of(KerasClass.checked(JsonObject.parse("model_config", json)));
            if (!model.isModel()) {
                throw UserError.weights(
                        "model_config: a model expected, not a layer of type " + Excerpt.of(model.type()));
            }
            return new Flattening(model, inputSize, origin)
                    .layout(ModelGraph.of(model, outputLayer), outputLayer.isEmpty());
        } catch (UserError e) {
            throw e.kind() == UserError.Kind.DATA && inputSize.isEmpty() ? UserError.weights(e.getMessage(), e) : e;
        } catch (IllegalArgumentException e) {
            throw UserError.weights("model_config: " + Excerpt.of(e.getMessage()), e);
        } catch (ArithmeticException e) {
            throw UserError.weights("model_config: sizes that are too large to count with", e);
        }
    }

    /**
     * The functional model that a network is, for Keras 2 and 3; {@link #parse} gives the network back.
     *
     * @return an ordered map of strings, numbers, booleans, null, lists and such maps, to be written as JSON
     */
    public static Map<String, Object> of(Network network) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", network.name());
        config.put("layers", network.nodes().stream().map(ModelConfig::entry).toList());
        config.put("input_layers", List.of(end(network.input())));
        config.put("output_layers", List.of(end(network.output())));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("class_name", "Functional");
        model.put("config", config);
        return model;
    }

    private static Map<String, Object> entry(Node node) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("class_name", node.layer().kerasType().toString());
        entry.put("config", LayerText.of(node.name(), node.layer()));
        entry.put("name", node.name());
        List<Object> tensors = new ArrayList<>();
        node.inputs().forEach(input -> tensors.add(List.of(input, 0, 0, Map.of())));
        entry.put("inbound_nodes", tensors.isEmpty() ? List.of() : List.of(tensors));
        return entry;
    }

    private static List<Object> end(Node node) {
        return List.of(node.name(), 0, 0);
    }
}
